/// Cases of CEL's extension libraries, beside those of its public suite.

extension CELCasesTests {
  static let strings = #"""
    'tacocat'.charAt(30) => error
    'tacocat'.charAt(-1) => error
    '©αT'.charAt(0) => "©"
    '©αT'.charAt(1) => "α"
    '©αT'.charAt(2) => "T"
    '©αT'.charAt(3) => ""
    'tacocat'.indexOf('ac') => 1
    'tacocat'.indexOf('none') => -1
    'tacocat'.indexOf('', 3) => 3
    'tacocat'.indexOf('a', 3) => 5
    'tacocat'.indexOf('at', 3) => 5
    'ta©o©αT'.indexOf('©') => 2
    'ta©o©αT'.indexOf('©', 3) => 4
    'ta©o©αT'.indexOf('©αT', 3) => 4
    'ta©o©αT'.indexOf('©α', 5) => -1
    'ijk'.indexOf('k') == 2 => true
    'hello wello'.indexOf('hello wello') => 0
    'hello wello'.indexOf('ello', 6) => 7
    'hello wello'.indexOf('elbo room!!') => -1
    'tacocat'.indexOf('a', -1) => error
    ''.indexOf('') => 0
    ''.indexOf('', 0) => 0
    ''.indexOf('a', 0) => -1
    ''.indexOf('', 1) => error
    'abc'.indexOf('', 3) => 3
    'abc'.indexOf('c', 3) => -1
    'tacocat'.lastIndexOf('') => 7
    'tacocat'.lastIndexOf('at') => 5
    'tacocat'.lastIndexOf('none') => -1
    'tacocat'.lastIndexOf('', 3) => 3
    'tacocat'.lastIndexOf('a', 3) => 1
    'ta©o©αT'.lastIndexOf('©') => 4
    'ta©o©αT'.lastIndexOf('©', 3) => 2
    'ta©o©αT'.lastIndexOf('©α', 4) => 4
    'hello wello'.lastIndexOf('hello wello') => 0
    'hello wello'.lastIndexOf('ello', 6) => 1
    'hello wello'.lastIndexOf('low') => -1
    'hello wello'.lastIndexOf('elbo room!!') => -1
    'hello wello'.lastIndexOf('ello', 0) => -1
    'tacocat'.lastIndexOf('a', 7) => 5
    ''.lastIndexOf('') => 0
    "%s".format(['x']) => "x"
    'TacoCat'.lowerAscii() => "tacocat"
    'TacoCÆt'.lowerAscii() => "tacocÆt"
    'TacoCÆt Xii'.lowerAscii() => "tacocÆt xii"
    'tacoCat'.upperAscii() => "TACOCAT"
    'tacoCαt'.upperAscii() => "TACOCαT"
    'TacoCÆt Xii'.upperAscii() => "TACOCÆT XII"
    '12 days 12 hours'.replace('{0}', '2') => "12 days 12 hours"
    '{0} days {0} hours'.replace('{0}', '2') => "2 days 2 hours"
    '{0} days {0} hours'.replace('{0}', '2', 1).replace('{0}', '23') => "2 days 23 hours"
    '1 ©αT taco'.replace('αT', 'o©α') => "1 ©o©α taco"
    'hello hello'.replace('he', 'we', -1) => "wello wello"
    'hello hello'.replace('he', 'we', 0) => "hello hello"
    'hello hello'.replace('', '_') => "_h_e_l_l_o_ _h_e_l_l_o_"
    'hello hello'.replace('', '_', 2) => "_h_ello hello"
    'hello hello'.replace('h', '') => "ello ello"
    ''.replace('', 'x') => "x"
    'hello world'.split(' ') => ["hello", "world"]
    'hello world events!'.split(' ', 0) => []
    'hello world events!'.split(' ', 1) => ["hello world events!"]
    'hello world events!'.split(' ', 2) => ["hello", "world events!"]
    'hello world events!'.split(' ', -1) => ["hello", "world", "events!"]
    'o©o©o©o'.split('©', -1) => ["o", "o", "o", "o"]
    'abc'.split('') => ["a", "b", "c"]
    ''.split('') => []
    ''.split(',') => [""]
    'a,b,'.split(',') => ["a", "b", ""]
    'abc'.split('', 2) => ["a", "bc"]
    'tacocat'.substring(4) => "cat"
    'tacocat'.substring(7) => ""
    'tacocat'.substring(0, 4) => "taco"
    'tacocat'.substring(4, 4) => ""
    'ta©o©αT'.substring(2, 6) => "©o©α"
    'ta©o©αT'.substring(7, 7) => ""
    'tacocat'.substring(40) => error
    'tacocat'.substring(-1) => error
    'tacocat'.substring(1, 50) => error
    'tacocat'.substring(49, 50) => error
    'tacocat'.substring(4, 3) => error
    ' \f\n\r\t\vtext  '.trim() => "text"
    '\u0085\u00a0\u1680text'.trim() => "text"
    'text\u2000\u2001\u2002\u2003\u2004\u2004\u2006\u2007\u2008\u2009'.trim() => "text"
    '\u200atext\u2028\u2029\u202F\u205F\u3000'.trim() => "text"
    ['x', 'y'].join() => "xy"
    ['x', 'y'].join('-') => "x-y"
    [].join() => ""
    [].join('-') => ""
    ['x'].join('-') => "x"
    strings.quote("first\nsecond") == "\"first\\nsecond\"" => true
    strings.quote("bell\a") == "\"bell\\a\"" => true
    strings.quote("\fform feed") == "\"\\fform feed\"" => true
    strings.quote("carriage \r return") == "\"carriage \\r return\"" => true
    strings.quote("vertical \v tab") == "\"vertical \\v tab\"" => true
    strings.quote("ends with \\") == "\"ends with \\\\\"" => true
    strings.quote("mid-string \" quote") == "\"mid-string \\\" quote\"" => true
    strings.quote("size('ÿ')") == "\"size('ÿ')\"" => true
    strings.quote("") == "\"\"" => true
    'gums'.reverse() => "smug"
    'palindromes'.reverse() => "semordnilap"
    'John Smith'.reverse() => "htimS nhoJ"
    'u180etext'.reverse() => "txete081u"
    '2600+U'.reverse() => "U+0062"
    '\u180e\u200b\u200c\u200d\u2060\ufeff'.reverse() == '\ufeff\u2060\u200d\u200c\u200b\u180e' => true
    """#

  static let formats = #"""
    "no substitution".format([]) => "no substitution"
    "%%%s%%".format(["text"]) => "%text%"
    "%d".format([10]) => "10"
    "%d".format([uint(10)]) => "10"
    "%d".format([-5]) => "-5"
    "%d".format([1.5]) => "1.5"
    "%d".format([double('NaN')]) => "NaN"
    "%d".format([double('Infinity')]) => "Infinity"
    "%d".format([double('-Infinity')]) => "-Infinity"
    "%b is 5 in binary".format([5]) => "101 is 5 in binary"
    "%b".format([-5]) => "-101"
    "unsigned 64 in binary: %b".format([uint(64)]) => "unsigned 64 in binary: 1000000"
    "bit set from bool: %b".format([true]) => "bit set from bool: 1"
    "%b".format([false]) => "0"
    "%o".format([uint(65535)]) => "177777"
    "%o".format([-8]) => "-10"
    "%x is 30 in hexadecimal".format([30]) => "1e is 30 in hexadecimal"
    "%X is 20 in hexadecimal".format([30]) => "1E is 20 in hexadecimal"
    "%x".format([-5]) => "-5"
    "%x".format([-30]) => "-1e"
    "%x".format(["Hello world!"]) => "48656c6c6f20776f726c6421"
    "%X".format(["Hello world!"]) => "48656C6C6F20776F726C6421"
    "%f".format([2.71828]) => "2.718280"
    "%.3f".format([1]) => "1.000"
    "%.3f".format([-1.5]) => "-1.500"
    "%f".format([10000.1234]) => "10000.123400"
    "%e".format([2.71828]) => "2.718280e+00"
    "%.3e".format([-1.5e-10]) => "-1.500e-10"
    "%.6e".format([1052032911275]) => "1.052033e+12"
    "%f".format([double("Infinity")]) => "Infinity"
    "%.2f".format([double("NaN")]) => "NaN"
    "%s".format([double("Infinity")]) => "Infinity"
    "%s".format([double("NaN")]) => "NaN"
    "%s".format([double("-Infinity")]) => "-Infinity"
    "%s".format([null]) => "null"
    "%s".format([999999999999]) => "999999999999"
    "%s".format([1.0]) => "1"
    "%s".format([1.5]) => "1.5"
    "%s".format([-1.2e3]) => "-1200"
    "some bytes: %s".format([b"xyz"]) => "some bytes: xyz"
    "type is %s".format([type("test string")]) => "type is string"
    "%s".format([type(timestamp(0))]) => "google.protobuf.Timestamp"
    "%s".format([timestamp("2023-02-03T23:31:20.5+01:00")]) => "2023-02-03T22:31:20.5Z"
    "%s".format([duration("1.5s")]) => "1.5s"
    "%s".format([{"key1": b"xyz", "key5": null, "key2": duration("2h"), "key4": true, "key3": 2.71828}]) => "{key1: xyz, key2: 7200s, key3: 2.71828, key4: true, key5: null}"
    "map with multiple key types: %s".format([{1: "value1", uint(2): "value2", true: "value3"}]) => "map with multiple key types: {1: value1, 2: value2, true: value3}"
    "true bool: %s, false bool: %s".format([true, false]) => "true bool: true, false bool: false"
    "dynamic type: %s".format([dyn([1, 2])]) => "dynamic type: [1, 2]"
    "%s".format([[]]) => "[]"
    "%s".format([{}]) => "{}"
    "%s".format([[[]]]) => "[[]]"
    "%s".format([1.0, 2]) => "1"
    "%d".format([]) => error
    "%s %s".format(["a"]) => error
    "%".format([1]) => error
    "%.".format([1]) => error
    "%.3".format([1.0]) => error
    "%.f".format([1.0]) => error
    "%5d".format([1]) => error
    "%d".format(["a"]) => error
    "%d".format([true]) => error
    "%d".format([null]) => error
    "%d".format([[1]]) => error
    "%d".format([duration("1s")]) => error
    "%x".format([1.5]) => error
    "%x".format([true]) => error
    "%x".format([null]) => error
    "%o".format([1.5]) => error
    "%o".format([true]) => error
    "%b".format([1.5]) => error
    "%b".format([b"a"]) => error
    "%f".format(["a"]) => error
    "%f".format([true]) => error
    "%e".format([true]) => error
    "%e".format([[1.0]]) => error
    "%s".format([optional.of(1)]) => error
    "%s".format([[optional.none()]]) => error
    "%s".format(["a", "b"]) => "a"
    "%é".format([1]) => error
    """#

  static let mathematics = #"""
    math.greatest(1) => 1
    math.greatest(1, 1.0) => 1
    math.greatest(1.0, 1) => 1.0
    math.greatest(-5.4, 10.3, 3) => 10.3
    math.greatest([dyn(5.4), dyn(10), dyn(3u), dyn(-5.4), dyn(3.5)]) => 10
    math.greatest([]) => error
    math.greatest('a') => error
    math.greatest(dyn('a'), 1) => error
    math.greatest([1, dyn('a')]) => error
    math.greatest(9223372036854775807, 1.7976931348623157e308) == 1.7976931348623157e308 => true
    math.greatest(1, 18446744073709551615u) => 18446744073709551615u
    math.least(1, 2u) => 1
    math.least(3u, 2.0) => 2.0
    math.least([1, 2, 3]) => 1
    math.least(-1, -2, -3) => -3
    math.least(dyn(1u), 2) => 1u
    math.ceil(dyn(1)) => error
    math.floor(1.2) => 1.0
    math.round(1.5) => 2.0
    math.round(2.5) => 3.0
    math.round(1.4) => 1.0
    math.trunc(-1.3) => -1.0
    math.trunc(1.3) => 1.0
    math.abs(-1) => 1
    math.abs(1u) => 1u
    math.abs(-1.5) => 1.5
    math.abs(dyn(1)) => 1
    math.sign(-42) => -1
    math.sign(0) => 0
    math.sign(3u) => 1u
    math.sign(-42.5) => -1.0
    math.sign(0.0/0.0) => double("NaN")
    math.sign(dyn('a')) => error
    math.isInf(1.2) => false
    math.isNaN(0.0/0.0) => true
    math.isFinite(1.0/0.0) => false
    math.isFinite(1.2/1.5) => true
    math.bitAnd(1, 2) => 0
    math.bitAnd(dyn(1u), dyn(3)) => error
    math.bitOr(1u, 2u) => 3u
    math.bitOr(4, 2) => 6
    math.bitXor(1, 3) => 2
    math.bitXor(1u, 3u) => 2u
    math.bitNot(-1) => 0
    math.bitNot(0u) => 18446744073709551615u
    math.bitShiftLeft(1, 2) => 4
    math.bitShiftLeft(1u, 63) => 9223372036854775808u
    math.bitShiftLeft(1u, -1) => error
    math.bitShiftRight(1024, 2) => 256
    math.bitShiftRight(-1024, 3) => 2305843009213693824
    math.bitShiftRight(-1024, 64) => 0
    math.bitShiftLeft(dyn(''), 1) => error
    math.sqrt(49.0) => 7.0
    math.sqrt(0) => 0.0
    math.sqrt(-1) => double("NaN")
    math.sqrt(4u) => 2.0
    """#

  static let optionals = #"""
    optional.of(1) != optional.none() => true
    optional.of(1) == optional.of(2) => false
    optional.of(1) == optional.of(dyn(1u)) => true
    optional.of(1).hasValue() => true
    optional.none().hasValue() => false
    optional.none().optMap(y, y + 1).or(optional.of(1)) => optional.of(1)
    optional.none().optFlatMap(y, optional.of(y)) => optional.none()
    optional.of(42).or(optional.of(20)).value() == 42 => true
    optional.none().or(optional.of(20)).value() => 20
    optional.none().orValue(1) => 1
    optional.none().value() => error
    optional.ofNonZeroValue(0) => optional.none()
    optional.ofNonZeroValue('') => optional.none()
    optional.ofNonZeroValue('x') => optional.of("x")
    optional.ofNonZeroValue(null) => optional.none()
    optional.ofNonZeroValue([]) => optional.none()
    optional.ofNonZeroValue({}) => optional.none()
    optional.ofNonZeroValue(false) => optional.none()
    optional.ofNonZeroValue(b'').hasValue() => false
    optional.ofNonZeroValue(0.0).hasValue() => false
    optional.ofNonZeroValue(0u).hasValue() => false
    optional.ofNonZeroValue(duration('0s')).hasValue() => false
    optional.ofNonZeroValue(duration('1s')).hasValue() => true
    type(optional.of(1)) => optional_type
    {'a': 1}.?a => optional.of(1)
    {'a': 1}.?b => optional.none()
    {'a': 1}[?'a'] => optional.of(1)
    {'a': 1}[?'b'].hasValue() => false
    {'a': {'b': 1}}.?a.b => optional.of(1)
    {'a': {'b': 1}}.?a.?b.value() => 1
    {'a': {'b': 1}}.?a.c => optional.none()
    {'a': {'b': {'c': 1}}}.?x.b.c => optional.none()
    {'a': {'b': {'c': 1}}}.?a[?'b'].c.orValue(3) => 1
    {'c': {'dashed-index': 'goodbye'}}.?c['dashed-index'].value() => "goodbye"
    {'c': {'dashed-index': 'goodbye'}}.?c[?'dashed-index'].orValue('default') => "goodbye"
    {'c': {'x':'y'}}.?c['entry'].orValue('default value') => "default value"
    has({'a': {'b': 1}}.?a.b) => true
    has({'a': {'b': 1}}.?x.b) => false
    has({'a': {'b': 1}}.?a.c) => false
    {?'k': optional.none(), 'l': 1} => {"l": 1}
    {?'k': optional.of(2)} => {"k": 2}
    {?'nested_map': optional.ofNonZeroValue({?'map': {'c':1}.?x})} => {}
    {?'nested_map': optional.ofNonZeroValue({?'map': {'c':1}.?c})} => {"nested_map": {"map": 1}}
    [?optional.none(), ?optional.of(1)] => [1]
    [?{'a':1}.?a, 2] => [1, 2]
    [?optional.none()].size() => 0
    [dyn(0), ?optional.ofNonZeroValue('')] => [0]
    [10, 20][?0] => optional.of(10)
    [10, 20][?5] => optional.none()
    [10, 20][?-1] => optional.none()
    [][?0] => optional.none()
    optional.of([1,2])[0] => optional.of(1)
    optional.of([1,2])[7] => optional.none()
    optional.of({'a':1}).a => optional.of(1)
    optional.of({'a':1}).?b => optional.none()
    optional.of({'a':1})['a'] => optional.of(1)
    optional.of({'a':1})[?'b'].or(optional.of(5)).value() => 5
    optional.ofNonZeroValue({'c': {'dashed-index': 'goodbye'}}).c['dashed-index'].orValue('x') => "goodbye"
    {'null_key': dyn(null)}.?null_key => optional.of(null)
    {'null_key': dyn(null)}.?null_key.invalid => error
    {true: dyn(0)}[?false].absent.hasValue() => false
    {true: dyn(0)}[?true].absent.hasValue() => error
    {'k': 0}.?k.orValue(5) => 0
    {'k': 0}.?k.optMap(x, x + 1).orValue(9) => 1
    optional.of(optional.of(1)).value().value() => 1
    optional.of(1).optFlatMap(x, {'a': x}.?a) => optional.of(1)
    optional.of('').optFlatMap(x, optional.ofNonZeroValue(x)) => optional.none()
    unchecked {?'k': 3} => error
    unchecked [?3] => error
    optional.unwrap([optional.of(1), optional.none(), optional.of(2)]) => [1, 2]
    [optional.of(1), optional.none()].unwrapOpt() => [1]
    optional.of(1/0) => error
    optional.none().orValue(1/0) => error
    optional.of(1).orValue(1/0) => 1
    optional.of(1).or(optional.of(1/0)) => optional.of(1)
    optional.of(dyn(1)) in [optional.of(1)] => true
    [1].first() => optional.of(1)
    [].last() => optional.none()
    {'key': {'subkey': 'subvalue'}}.?key.optFlatMap(k, k.?subkey).hasValue() => true
    {'key': {'subkey': ''}}.?key.optFlatMap(k, optional.ofNonZeroValue(k.subkey)).hasValue() => false
    {'key': {'subkey': ''}}.?key.optFlatMap(k, k.?subkey.optFlatMap(s, optional.ofNonZeroValue(s))).hasValue() => false
    has(optional.of({'c': {'entry': 'hello world'}}).c) => true
    has(optional.ofNonZeroValue({'c': {'entry': 'hello world'}}).c.missing) => false
    has(optional.of({'c': {'entry': 'hello world'}}).c.entry) => true
    optional.ofNonZeroValue({'c': {'dashed-index': 'goodbye'}}).c['dashed-index'].or(optional.none()).orValue('default value') => "goodbye"
    optional.ofNonZeroValue({'c': {'dashed-index': 'goodbye'}}).c['entry'].orValue('default value') => "default value"
    optional.ofNonZeroValue({'c': {'dashed-index': 'goodbye'}}).c.missing.or(optional.none())[0].orValue('default value') => "default value"
    optional.ofNonZeroValue({'c': {'index': 'goodbye'}}).c.index.orValue('default value') => "goodbye"
    optional.ofNonZeroValue({}).c.index.orValue('default value') => "default value"
    optional.ofNonZeroValue({'c': {}}).c.index.orValue('default value') => "default value"
    optional.ofNonZeroValue({'c': {'dashed-index': 'goodbye'}}).c['dashed-index'].orValue('default value') => "goodbye"
    optional.of([[1,2]])[0][1].value() => 2
    optional.of([[1,2]])[?0][?9].hasValue() => false
    {?'nested_map': optional.ofNonZeroValue({?'map': optional.none()})}.?nested_map.hasValue() => false
    {'k': optional.of(1)}.k.value() => 1
    [optional.of(1)][0].value() => 1
    {'a': optional.none()}.?a => optional.of(optional.none())
    optional.of('abc').optMap(x, x.size()).value() => 3
    optional.of(1).optMap(x, optional.of(x)).value().value() => 1
    optional.none().optMap(x, x.foo).hasValue() => false
    dyn(optional.of(1)).value() => 1
    dyn(optional.of({'a':1})).a => optional.of(1)
    dyn(optional.of({'a':1})).?a.orValue(3) => 1
    dyn({'a':{}}).?a.?b.orValue('x') => "x"
    type(optional.none()) == type(optional.of(1)) => true
    """#

  static let macrosOfTwoVariables = #"""
    [1, 2, 3].all(i, v, i >= 0 && v > 0) => true
    [1, 2, 3].exists(i, v, i == 2 && v == 3) => true
    [1, 2, 3].existsOne(i, v, v > 2) => true
    [1, 2, 3].transformList(i, v, i * v) => [0, 2, 6]
    [1, 2, 3].transformList(i, v, i > 0, v * v) => [4, 9]
    [1, 2, 3].transformMap(i, v, v * v) => {0: 1, 1: 4, 2: 9}
    {'foo': 'bar'}.transformMap(k, v, k + v) => {"foo": "foobar"}
    {'foo': 'bar'}.transformMap(k, v, k == 'x', k + v) => {}
    {'foo': 'bar', 'baz': 'bux'}.transformMap(k, v, k == 'baz', k + v) => {"baz": "bazbux"}
    {'foo': 'bar'}.transformList(k, v, k + v) => ["foobar"]
    [1, 'foo', 3].exists(i, v, v != '1') => true
    [1, 2].exists(i, v, v / 0 == 17) => error
    [].transformMap(i, v, i / v) => {}
    {'a':1}.transformMapEntry(k, v, {v: k}) => {1: "a"}
    {'a':1,'b':1}.transformMapEntry(k, v, {v: k}) => error
    """#

  static let bindings = #"""
    cel.bind(msg, 'hello', msg + msg + msg) => "hellohellohello"
    cel.bind(x, 1, cel.bind(x, x + 1, x)) => 2
    """#

  static let encodings = #"""
    base64.decode('aGVsbG8') => b"hello"
    base64.decode('z') => error
    base64.decode('') => b""
    base64.encode(b'') => ""
    base64.decode('AAAA') => b"\000\000\000"
    """#
}
