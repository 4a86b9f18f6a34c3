/// The page: whole, safe, and fit for a browser. Where Chromium is installed it is loaded there, wide and narrow, light and dark.

import Docket
import Foundation
import Testing

#if canImport(FoundationXML)
  import FoundationXML
#endif

@Suite(.serialized) struct PageTests {
  private func page(_ language: ReportLanguage = .english) throws -> String {
    PageReport(RunSummary(try ReportFixture.session()), title: "A <desk> & more", language: language).render()
  }

  @Test func itSaysWhatItIs() throws {
    let page = try page()
    #expect(page.hasPrefix("<!DOCTYPE html>\n<html lang=\"en\">"))
    #expect(page.hasSuffix("</html>\n"))
    #expect(page.contains("<meta charset=\"utf-8\">"))
    #expect(page.contains("<h1>A &lt;desk&gt; &amp; more</h1>"))
    #expect(page.contains("As of 2026-09-07 17:30 Asia/Shanghai"))
    let chinese = try self.page(.chinese)
    #expect(chinese.contains("<html lang=\"zh-CN\">"))
    #expect(chinese.contains("截至 2026年9月7日 17:30 Asia/Shanghai"))
    #expect(chinese.contains("谁来处理") && chinese.contains("紧急工单") && !chinese.contains("What is urgent"))
  }

  @Test func nothingOfTheDataBecomesMarkup() throws {
    let page = try page()
    #expect(page.contains("&lt;b&gt;T4&lt;/b&gt; has none"))
    #expect(page.contains("on &lt;call&gt; &amp; co"))
    #expect(!page.contains("<call>") && !page.contains("<b>T4"))
  }

  @Test func nothingIsFetchedAndNothingRuns() throws {
    let page = try page()
    for word in ["http://", "https://", "<script", "@import", "url(", "javascript:", " onload", " onclick"] {
      #expect(!page.contains(word), "\(word)")
    }
    #expect(page.contains("default-src &#39;none&#39;"))
  }

  /// Every element is closed in its place, every attribute quoted: the page reads as XML once its void elements are closed.
  @Test(arguments: ReportLanguage.allCases)
  func itIsWellFormed(_ language: ReportLanguage) throws {
    let page = try page(language)
    let body = page.replacing("<!DOCTYPE html>\n", with: "").replacing(/<(meta|link)([^>]*)>/) { "<\($0.1)\($0.2)/>" }
    let parser = XMLParser(data: Data(body.utf8))
    #expect(parser.parse(), "\(String(describing: parser.parserError)) in line \(parser.lineNumber)")
  }

  @Test func placesAreNamedOnceAndLinksLeadToThem() throws {
    let page = try page()
    let ids = page.matches(of: /\sid="([^"]*)"/).map { String($0.1) }
    #expect(Set(ids).count == ids.count)
    for link in page.matches(of: /\shref="#([^"]*)"/) { #expect(ids.contains(String(link.1)), "\(link.1)") }
  }

  @Test func chartsHaveNamesAxesAndTheTarget() throws {
    let page = try page()
    #expect(page.contains("<title id=\"chart-0-title\">Closed over time</title>"))
    #expect(page.contains("aria-labelledby=\"chart-0-title chart-0-desc\""))
    #expect(page.contains("class=\"limit\""))
    #expect(page.contains(">target ≥ 80 %</text>"))
    #expect(page.matches(of: /<path class="line s[01]" d="M[0-9. ]+L/).count >= 2)
    // The month that is not over is an open ring, and its label says so.
    #expect(page.contains("dot s0 open") && page.contains(">2026-09 …</text>"))
  }

  // MARK: - In a browser

  private static let browser = ["chromium", "chromium-browser", "google-chrome"].lazy
    .flatMap { name in ["/usr/bin/\(name)", "/usr/local/bin/\(name)"] }
    .first { FileManager.default.isExecutableFile(atPath: $0) }

  @Test(
    .enabled(if: browser != nil, "no Chromium here: the page is not loaded in a browser"),
    arguments: [("light", 1200), ("light", 390), ("dark", 1200), ("dark", 320)], ReportLanguage.allCases)
  func itFitsEveryScreen(_ looks: (scheme: String, width: Int), _ language: ReportLanguage) throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("docket-page-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try Data(try page(language).utf8).write(to: folder.appendingPathComponent("page.html"))
    // The page allows no scripts: what holds it measures it. Its width is that of the frame, however narrow a window may be.
    let probe = """
      <!DOCTYPE html><meta charset="utf-8"><body style="margin:0">
      <iframe id="page" src="page.html" style="width:\(looks.width)px;height:900px;border:0"></iframe>
      <script>
        onload = () => {
          const inner = document.getElementById('page').contentDocument;
          const root = inner.documentElement;
          const wide = [...inner.querySelectorAll('main *')].filter(e => !e.closest('.scroll') &&
            e.getBoundingClientRect().right > \(looks.width) + 0.5).map(e => e.tagName + '.' + e.className);
          document.body.innerHTML = '<pre>width ' + root.scrollWidth + ' wide [' + wide + '] cards ' +
            inner.querySelectorAll('.card').length + ' paper ' + inner.defaultView.getComputedStyle(inner.body).backgroundColor +
            '</pre>';
        };
      </script>
      """
    let file = folder.appendingPathComponent("probe.html")
    try Data(probe.utf8).write(to: file)
    let process = Process()
    process.executableURL = URL(fileURLWithPath: try #require(Self.browser))
    process.arguments =
      [
        "--headless", "--no-sandbox", "--hide-scrollbars", "--disable-gpu", "--allow-file-access-from-files",
        "--enable-logging=stderr",
        "--user-data-dir=\(folder.path)/profile", "--window-size=1400,1000", "--virtual-time-budget=4000",
      ] + (looks.scheme == "dark" ? ["--blink-settings=preferredColorScheme=0"] : []) + [
        "--dump-dom", file.absoluteString,
      ]
    let errors = folder.appendingPathComponent("errors.txt")
    try Data().write(to: errors)
    let output = Pipe()
    process.standardOutput = output
    process.standardError = try FileHandle(forWritingTo: errors)
    try process.run()
    let dom = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    let said = try String(contentsOf: errors, encoding: .utf8).split(separator: "\n").filter { $0.contains("CONSOLE") }
    #expect(said.isEmpty, "\(said)")
    let cards = 8
    #expect(dom.contains("width \(looks.width) wide [] cards \(cards) "), "\(dom.suffix(400))")
    #expect(dom.contains(looks.scheme == "dark" ? "rgb(18, 21, 26)" : "rgb(245, 246, 248)"), "\(dom.suffix(400))")
  }
}
