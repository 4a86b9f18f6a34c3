/// The looks of the page: light and dark, wide and narrow, screen and paper.

enum PageStyle {
  static let text = """
    :root{--paper:#f5f6f8;--card:#fff;--ink:#1a1f26;--soft:#5d6875;--rule:#e4e8ed;--tint:#f0f3f7;--accent:#2f55d4;
    --good:#12794a;--good-bg:#e2f4ea;--warn:#8f5a00;--warn-bg:#fdf0d5;--bad:#b3261e;--bad-bg:#fce8e6;
    --met:#2e9e68;--running:#4c7ee8;--risk:#e8a317;--paused:#9aa5b1;--late:#d6453b;--over:#cfd6de;--unknown:#a884d8;
    --s0:#2f55d4;--s1:#d9670a;--s2:#0e8a6c;--s3:#b0307a;--s4:#7a52e0;--s5:#8c6f00;--s6:#0b7fb5;--s7:#a3392c;--sx:#b4bdc7}
    @media (prefers-color-scheme:dark){:root{--paper:#12151a;--card:#1b2027;--ink:#e8ebef;--soft:#9aa6b3;--rule:#2b323b;
    --tint:#232a33;--accent:#8aa8ff;--good:#6fd6a3;--good-bg:#17352a;--warn:#f2c063;--warn-bg:#3a2d12;--bad:#ff9088;
    --bad-bg:#43201e;--met:#3fae78;--running:#6a95f2;--risk:#d99a1c;--paused:#6d7884;--late:#e0635a;--over:#3c4550;
    --unknown:#9b7fcb;--s0:#8aa8ff;--s1:#ff9d52;--s2:#4fd1ad;--s3:#f07dbb;--s4:#b59cff;--s5:#e0c04a;--s6:#62c3f0;
    --s7:#f08a7d;--sx:#55606c}}
    *{box-sizing:border-box}
    html{scroll-behavior:smooth;-webkit-text-size-adjust:100%}
    body{margin:0;background:var(--paper);color:var(--ink);font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,
    "Helvetica Neue","PingFang SC","Hiragino Sans GB","Microsoft YaHei","Noto Sans CJK SC","Noto Sans SC",sans-serif;
    font-variant-numeric:tabular-nums;overflow-wrap:break-word}
    .head,.note,.data,h1,td,code{overflow-wrap:anywhere}td.n{overflow-wrap:normal}
    .top,main,footer{max-width:1120px;margin:0 auto;padding:0 24px}
    .top{padding-top:40px}
    h1{margin:0;font-size:30px;line-height:1.2;letter-spacing:-.015em}
    h2{margin:44px 0 14px;font-size:20px;letter-spacing:-.01em}
    h3{margin:0;font-size:16.5px;line-height:1.35}
    .when{margin:6px 0 0;color:var(--soft)}
    a{color:var(--accent);text-decoration:none}
    a:hover{text-decoration:underline}
    a:focus-visible,.scroll:focus-visible{outline:2px solid var(--accent);outline-offset:2px;border-radius:6px}
    nav{display:flex;flex-wrap:wrap;gap:8px;margin-top:18px}
    nav a{padding:4px 12px;border:1px solid var(--rule);border-radius:99px;background:var(--card);font-size:14px}
    nav span{color:var(--soft)}
    code{display:block;color:var(--soft);font:12px/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;font-weight:400}
    code.lone{display:inline;font-size:13px;color:var(--ink)}
    small{color:var(--soft);font-size:12px;font-weight:400}
    .glance{display:grid;grid-template-columns:repeat(auto-fit,minmax(160px,1fr));gap:14px;margin-top:26px}
    .tile{display:block;padding:16px 18px;border-radius:14px;background:var(--card);color:var(--ink);
    box-shadow:0 1px 2px rgba(16,24,40,.06);border:1px solid var(--rule);border-top:3px solid var(--accent)}
    .tile:hover{text-decoration:none;border-color:var(--accent)}
    .tile b{display:block;font-size:27px;line-height:1.2;letter-spacing:-.02em}
    .tile span{color:var(--soft);font-size:13.5px}
    .tile.good{border-top-color:var(--met)}.tile.warn{border-top-color:var(--risk)}.tile.bad{border-top-color:var(--late)}
    .tile.bad b{color:var(--bad)}
    .card{margin:0 0 16px;padding:20px 22px;border:1px solid var(--rule);border-radius:14px;background:var(--card);
    box-shadow:0 1px 2px rgba(16,24,40,.05);scroll-margin-top:16px;min-width:0}
    .head{display:flex;flex-wrap:wrap;justify-content:space-between;align-items:flex-start;gap:8px 20px;margin-bottom:12px}
    .card>.head:last-child{margin-bottom:0}
    .big{display:flex;flex-wrap:wrap;align-items:center;gap:4px 10px;margin:0;color:var(--soft);font-size:13.5px}
    .big b{color:var(--ink);font-size:22px;line-height:1.2;letter-spacing:-.01em}
    .pair{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,430px),1fr));gap:16px 28px;align-items:start}
    section>.pair{gap:16px}section>.pair>.card{margin:0;height:100%}
    .figures{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,300px),1fr));gap:16px;margin-bottom:16px}
    .figures .card{margin:0}.figures .note{margin-top:6px}.figures .head{margin-bottom:6px}
    .facts{display:flex;flex-wrap:wrap;gap:8px;margin:0 0 12px}
    .pill{display:inline-block;padding:1px 10px;border-radius:99px;background:var(--tint);color:var(--soft);
    font-size:12.5px;font-weight:600;white-space:nowrap}
    .pill.good{background:var(--good-bg);color:var(--good)}.pill.warn{background:var(--warn-bg);color:var(--warn)}
    .pill.bad{background:var(--bad-bg);color:var(--bad)}
    .note{margin:10px 0 0;color:var(--soft);font-size:13px}
    .scroll{overflow-x:auto;max-width:100%}
    .scroll+.scroll{margin-top:16px}
    table{width:100%;border-collapse:collapse;font-size:14px}
    th,td{padding:6px 10px;border-bottom:1px solid var(--rule);text-align:left;vertical-align:middle}
    th:first-child,td:first-child{padding-left:0}th:last-child,td:last-child{padding-right:0}
    tbody tr:last-child>*{border-bottom:0}
    thead th{color:var(--soft);font-size:12.5px;font-weight:600;white-space:nowrap;vertical-align:bottom}
    thead th::first-letter{text-transform:uppercase}
    tbody th{font-weight:500;min-width:96px}
    .n{text-align:right;white-space:nowrap}
    td.when{margin:0;white-space:nowrap;color:var(--ink)}
    td.n small{display:block;line-height:1.2}
    td.good{color:var(--good)}td.warn{color:var(--warn)}td.bad{color:var(--bad)}td.faint{color:var(--soft)}
    td.bar{width:26%;min-width:70px}
    td.bar span{display:block;height:10px;min-width:2px;border-radius:3px;background:var(--s0)}
    td.bar .second{background:var(--s2)}td.bar .good{background:var(--met)}td.bar .warn{background:var(--risk)}
    td.bar .bad{background:var(--late)}td.bar .faint{background:var(--over)}
    td.spark{width:140px}td.spark svg{display:block;width:120px;height:28px}
    .stack{display:flex;gap:2px;height:16px;margin:2px 0 12px;border-radius:5px;overflow:hidden}
    .stack span{min-width:3px}
    .key{display:flex;flex-wrap:wrap;gap:4px 18px;margin:0 0 14px;padding:0;list-style:none;font-size:13.5px}
    .key i,.swatch{display:inline-block;width:10px;height:10px;margin-right:7px;border-radius:3px}
    .met{background:var(--met)}.running{background:var(--running)}.risk{background:var(--risk)}
    .paused{background:var(--paused)}.late{background:var(--late)}.over{background:var(--over)}
    .unknown{background:var(--unknown)}
    figure{margin:0}
    figcaption .key{margin:6px 0 12px}figcaption b{margin-left:8px;font-weight:600}
    @media (min-width:760px){figure.side{display:grid;grid-template-columns:minmax(0,620px) minmax(0,1fr);gap:32px;
    align-items:center;margin-bottom:14px}.side .key{flex-direction:column;gap:8px}}
    .chart{display:block;width:100%;max-width:620px;height:auto}
    .chart text{fill:var(--soft);font-size:10.5px}
    .chart .target{fill:var(--ink);font-size:10px;paint-order:stroke;stroke:var(--card);stroke-width:3px;
    stroke-linejoin:round}
    .grid{stroke:var(--rule);stroke-width:1}
    .limit{stroke:var(--ink);stroke-width:1.2;stroke-dasharray:5 4;opacity:.65}
    .limit.warn{stroke:var(--risk)}
    .line{fill:none;stroke:var(--c);stroke-width:2;stroke-linejoin:round;stroke-linecap:round}
    .line.sx{stroke-width:1}
    .dot{fill:var(--c);stroke:var(--card);stroke-width:1.2}
    .dot.open{fill:var(--card);stroke:var(--c);stroke-width:1.5}
    .swatch{background:var(--c)}
    .s0{--c:var(--s0)}.s1{--c:var(--s1)}.s2{--c:var(--s2)}.s3{--c:var(--s3)}.s4{--c:var(--s4)}.s5{--c:var(--s5)}
    .s6{--c:var(--s6)}.s7{--c:var(--s7)}.sx{--c:var(--sx)}
    .data{columns:2 380px;column-gap:36px;margin:0;padding-left:18px;font-size:14px}
    .data li{break-inside:avoid;margin-bottom:4px}.data small{display:block}
    footer{padding-top:18px;padding-bottom:40px;color:var(--soft);font-size:13px}
    footer p{margin:0 0 4px}
    @media (max-width:640px){
    .top,main,footer{padding-left:14px;padding-right:14px}
    .top{padding-top:24px}h1{font-size:24px}h2{margin-top:32px}
    .glance{grid-template-columns:1fr 1fr;gap:10px}.tile{padding:12px 14px}.tile b{font-size:22px}
    .card{padding:16px 14px;border-radius:12px}
    th,td{padding:6px 7px}td.bar{min-width:56px}
    .extra{display:none}td.n small{white-space:normal}
    .chart text{font-size:12.5px}.chart .target{font-size:12px}}
    @media print{:root{--paper:#fff;--card:#fff;--ink:#000;--soft:#444;--rule:#ccc}
    *{-webkit-print-color-adjust:exact;print-color-adjust:exact}
    body{zoom:.74}.top,main,footer{max-width:none;padding-left:0;padding-right:0}.top{padding-top:0}
    nav{display:none}.card,.tile{box-shadow:none}.card,tr,.tile,figure{break-inside:avoid}h2,h3,.head{break-after:avoid}
    .scroll{overflow:visible}a{color:inherit}}
    """
}
