/// Cases of CEL itself, beside those of its public suite.

extension CELCasesTests {
  /// Numbers, texts, bytes, names and precedence.
  static let literals = #"""
    "\a\b\f\n\r\t\v\"\'\\\?\`" == "\x07\x08\x0c\x0a\x0d\x09\x0b\x22\x27\x5c\x3f\x60" => true
    '\x41\u0041\U00000041\101' => "AAAA"
    '\X41' => "A"
    r'\n' => "\\n"
    R"\t" => "\\t"
    """triple "quotes" inside""" => "triple \"quotes\" inside"
    b'\x41\101\377' => b"AA\377"
    B"abc" => b"abc"
    rb'\n' => b"\134n"
    br'\n' => b"\134n"
    bR"\n" => b"\134n"
    b'''a"b''' => b"a\042b"
    0xFu => 15u
    -0x55555555 => -1431655765
    0x7FFFFFFFFFFFFFFF => 9223372036854775807
    -0x8000000000000000 => -9223372036854775808
    0xFFFFFFFFFFFFFFFFu => 18446744073709551615u
    1e3 => 1000.0
    .5 => 0.5
    .99 => 0.99
    1E-2 => 0.01
    1.5e300*1e300 => double("Infinity")
    [1,2,] => [1, 2]
    {'a':1,} => {"a": 1}
    1 + 2 * 3 => 7
    -(-1) => 1
    --1 => 1
    !!true => true
    !!!true => false
    - - 1 => 1
    -[1].size() => -1
    !true || true => true
    1 < 2 == true => true
    1 == 1 == true => true
    false ? 1 : true ? 2 : 3 => 2
    2 in [1,2] && true => true
    'a' in {'a':1} => true
    1 // x => 1
    {'as':1}.as => 1
    {'break':1}.break => 1
    {'const':1}.const => 1
    {'continue':1}.continue => 1
    {'else':1}.else => 1
    {'for':1}.for => 1
    {'function':1}.function => 1
    {'if':1}.if => 1
    {'import':1}.import => 1
    {'let':1}.let => 1
    {'loop':1}.loop => 1
    {'package':1}.package => 1
    {'namespace':1}.namespace => 1
    {'return':1}.return => 1
    {'var':1}.var => 1
    {'void':1}.void => 1
    {'while':1}.while => 1
    {'and':1}.and => 1
    {'or':1}.or => 1
    {'not':1}.not => 1
    {'foo-bar':1}.`foo-bar` => 1
    {'foo.bar':1}.`foo.bar` => 1
    {'foo/bar':1}.`foo/bar` => 1
    {'foo bar':1}.`foo bar` => 1
    has({'foo-bar':1}.`foo-bar`) => true
    has({'foo.bar':1}.`foo.baz`) => false
    {'in':1}.`in` => 1
    {'content-type':'application/json','content-length':145}.`content-type` == 'application/json' => true
    has({}.`content.type`) => false
    unchecked 'a'.as() => error
    """#

  /// Checked integers, IEEE 754 doubles.
  static let arithmetic = #"""
    -9223372036854775808 - 1 => error
    9223372036854775807 * 2 => error
    -9223372036854775808 * -1 => error
    5 / 2 => 2
    -5 / 2 => -2
    5 % 3 => 2
    -5 % 3 => -2
    5 % -3 => 2
    34 % 0 => error
    34u % 0u => error
    5u / 2u => 2u
    5u - 6u => error
    5000000000u * 5000000000u => error
    -(9223372036854775807) => -9223372036854775807
    1.0 / 0.0 => double("Infinity")
    -1.0 / 0.0 => double("-Infinity")
    0.0 / 0.0 => double("NaN")
    -(4.5) => -4.5
    1.75 - 2.5 => -0.75
    -2.25 * -4.0 => 9.0
    2.0 / 3.0 => 0.6666666666666666
    1e-324 => 0.0
    5e-324 => 5e-324
    unchecked 1 + 1.0 => error
    unchecked 1u + 1 => error
    unchecked 1.5 % 1.0 => error
    unchecked 'a' + 1 => error
    unchecked 'a' - 'a' => error
    unchecked -'a' => error
    unchecked [1] - [1] => error
    unchecked -[1] => error
    unchecked f_unknown(17) || true => true
    unchecked x || true => true
    """#

  /// Numbers of all types on one line; everything else within its type.
  static let comparisons = #"""
    1 == 1u => true
    1 == 1.0 => true
    dyn(1) == dyn(1u) => true
    dyn(1) == dyn('1') => false
    dyn(1) == dyn(null) => false
    dyn(1) != null => true
    [1, 'dos', 3] == [1, 2, 4] => false
    ['dog', 'cat'] == ['dog'] => false
    [] == [] => true
    {'k': 'v'} == {'k': 'v'} => true
    {'k': ['a']} == {'k': ['a', 'b']} => false
    {'a':'b', 'c':'d'} == {'c':'d', 'a':'b'} => true
    {'a':1} == {'a':1, 'b':2} => false
    0.0 == -0.0 => true
    0.0/0.0 == 0.0/0.0 => false
    [0.0/0.0] == [0.0/0.0] => false
    type(1) == int => true
    type('a') == type('b') => true
    type(1) == type(1u) => false
    int == uint => false
    b'a' == b'a' => true
    b'abc' < b'abd' => true
    b'ab' < b'abc' => true
    b'\x01' < b'a' => true
    'a' < 'A' => false
    'α' < 'omega' => false
    '' < 'a' => true
    'amino' < 'amino acids' => true
    false < true => true
    true <= true => true
    1 < 2u => true
    dyn(-1) < dyn(18446744073709551615u) => true
    dyn(18446744073709551615u) > 9223372036854775807 => true
    9223372036854775807 < 9223372036854775808.0 => false
    dyn(-9223372036854775808) > -9223372036854777857.0 => true
    dyn(18446744073709551615u) < 18446744073709590000.0 => true
    dyn(1) < 1.5 => true
    dyn(1u) < 1.1 => true
    1 < double('NaN') => false
    1 >= double('NaN') => false
    double('NaN') == 1 => false
    timestamp('2023-01-01T00:00:00Z') < timestamp('2023-01-01T00:00:01Z') => true
    duration('1s') <= duration('1000ms') => true
    unchecked {1:2} < {1:3} => error
    unchecked b'a' < 'a' => error
    unchecked 1 < 'a' => error
    unchecked timestamp(0) < duration('1s') => error
    unchecked true < 1 => error
    unchecked int < uint => error
    3 in {3: 1} => true
    dyn(3.5) in {3: 1} => false
    dyn('a') in {3: 1} => false
    'key' in {} => false
    3.0 in {1: 1, 2: 2, 3u: 3} => true
    {1u: 1.0, 2: 2.0, 3u: 3.0}[3.0] => 3.0
    {1u: 1.0, 2: 2.0, 3u: 3.0}[3u] => 3.0
    {1u: 1.0, 2: 2.0, 3u: 3.0}[2] => 2.0
    {0: 1, 0u: 2}[0.0] => error
    {true: null}[true] => null
    {'holiday':'field', '': 'hint'}[''] => "hint"
    '\u00e9' < 'f' => false
    type(1) == type(2) && type(int) == type => true
    type(null) == null_type => true
    type([]) == list && type({}) == map => true
    type('') == string ? 1 : 2 => 1
    [int, string] == [type(1), type('')] => true
    int in [int] => true
    1 in [1, 'a', null] => true
    null in [1, 'a', null] => true
    [null] == [null] => true
    {'a': null}.a == null => true
    1u == 1.0 => true
    1 != 1u => false
    1 > 0.5 => true
    1 + 1.5 => 2.5
    """#

  /// A deciding operand absorbs errors on either side.
  static let logic = #"""
    unchecked false && 32 => false
    unchecked 'horses' && false => false
    unchecked false && 'cows' => false
    unchecked true && 'cows' => error
    unchecked 0 && true => error
    unchecked 'horses' || true => true
    unchecked true || 'cows' => true
    unchecked 'a' || false => error
    (2 / 0 > 3 ? false : true) || true => true
    true || 1 / 0 != 0 => true
    1 / 0 != 0 || true => true
    false && 1/0 == 0 => false
    1/0 == 0 && false => false
    true ? 1 : 2 / 0 => 1
    false ? 1/0 : 2 => 2
    1/0 == 0 ? 1 : 2 => error
    unchecked true ? 'a' : 1 => "a"
    unchecked !0 => error
    !(1/0 == 0) => error
    """#

  /// Making, joining, indexing, searching.
  static let lists = #"""
    [0,1] + [2] => [0, 1, 2]
    [3] + [] => [3]
    [] + [4] => [4]
    ['dup', 'dup'] + ['dup'] => ["dup", "dup", "dup"]
    [1] + [dyn('a')] => [1, "a"]
    4u in [7u] => false
    7 in [7u] => true
    7.0 in [1, 7] => true
    dyn(7.0) in [1, 7] => true
    'elephant' in ['walrus', 'monkey'] => false
    'foo' in [dyn(1), 'foo'] => true
    dyn(1) in ['a', 'b'] => false
    dyn(7u) in [dyn(7.0)] => true
    [1,2] in [[1,2]] => true
    [7, 8, 9][dyn(0.0)] => 7
    [7, 8, 9][dyn(0.1)] => error
    [7, 8, 9][3] => error
    [7, 8, 9][-1] => error
    ['George', 'John'][1] => "John"
    [][0] => error
    [7][dyn('a')] => error
    unchecked [7]['a'] => error
    size([1, 2, 3]) => 3
    [1,2].size() => 2
    [4, 5, 6].size() == 3 => true
    """#

  /// Keys are equal whatever their numeric type.
  static let maps = #"""
    {'a': 1}.a => 1
    {'a': 1}['a'] => 1
    {1: 'x'}[1] => "x"
    {1: 'x'}[dyn(1u)] => "x"
    {1: 'x'}[dyn(1.0)] => "x"
    {1u: 'x'}[dyn(1)] => "x"
    {1: 'x'}[dyn(1.1)] => error
    {1: 'x'}[2] => error
    {true: 'x'}[true] => "x"
    unchecked {b'a': 1} => error
    unchecked {1.0: 1} => error
    unchecked {[1]: 1} => error
    {dyn(0): 1, dyn(0u): 2} => error
    {1: 1, 1: 2} => error
    {'a': 1}.b => error
    {'a': {'b': 1}}.a.b => 1
    dyn({'a': 1}['b']) || true => true
    {}['a'] => error
    dyn({}).a => error
    unchecked {1:1}.a => error
    unchecked dyn(1).a => error
    unchecked [1].a => error
    size({1:1,2:2}) => 2
    {'a':1}.size() => 1
    """#

  static let macros = #"""
    [].all(e, e > 0) => true
    [1, 'foo', 3].all(e, e % 2 == 0) => false
    [1, 2, 3].all(e, e / 0 != 17) => error
    {'key1':1, 'key2':2}.all(k, k.startsWith('key')) => true
    [1, 2, 3].exists(e, e > 1) => true
    [1, 'foo', 3].exists(e, e == 3) => true
    ['foal', 'foo', 'four'].exists(n, n.startsWith('fo')) => true
    [7].exists_one(a, a == 7) => true
    [3, 2, 1, 0].exists_one(n, 12 / n > 1) => error
    [0, 1, 2, 3, 4, 5, 6].exists_one(a, a > 4) => false
    {6: 'six', 7: 'seven', 8: 'eight'}.exists_one(foo, foo % 5 == 2) => true
    [].map(n, n / 2) => []
    [2, 1, 0].map(n, 4 / n) => error
    [1,2,3,4].map(n, n % 2 == 0, n * 10) => [20, 40]
    [1, 2, 3].filter(e, e > 3) => []
    [1, 2, 3].filter(e, true) => [1, 2, 3]
    [3, 2, 1, 0].filter(e, 1 / e > 0) => error
    {'John': 'smart', 'Paul': 'cute'}.filter(key, key == 'Ringo') => []
    ['signer'].filter(signer, ['artifact'].all(artifact, true)) => ["signer"]
    [1,2].all(x, [3].all(y, x < y)) => true
    unchecked 1.all(x, true) => error
    unchecked [1].map(x, y) => error
    {'a':1}.has => error
    has({'a': 1}.a) => true
    has({'a': 1}.b) => false
    has({'a': {'b':1}}.a.b) => true
    {'key': 1, 1: 21}.exists(k, k != 'key') => true
    {'key': 1, 1: 21}.exists(k, k != 2) => true
    {'key': 1, 1: 21}.exists(k, (k + 1) == 2) => true
    [[1], [2]].map(l, l.map(x, x * 2)) => [[2], [4]]
    [1, 2].map(x, [3].map(x, x)) => [[3], [3]]
    cel.bind(a, [1], a.map(a, a + 1)) => [2]
    """#

  /// The standard functions over text and bytes.
  static let texts = #"""
    size('four') => 4
    size('πέντε') => 5
    size(b'πέντε') => 10
    'four'.size() => 4
    b'four'.size() => 4
    ''.endsWith('') => true
    'forte'.endsWith('té') => false
    'abcd'.matches('bc') => true
    'grey'.matches('gr(a|e)y') => true
    'mañana'.matches('a+ñ+a+') => true
    matches('hubba', 'ubb') => true
    'x'.matches('(') => error
    'x'.matches('(?=x)') => error
    'straßen'.contains('aß') => true
    'he' + 'llo' => "hello"
    'Здравствуйте' + '!' => "Здравствуйте!"
    b'abc' + b'def' => b"abcdef"
    b'\xff' + b'' => b"\377"
    'ab'.contains('') => true
    dyn('a').contains(dyn('a')) => true
    """#

  /// Text is a sequence of code points: nothing is normalised.
  static let codePoints = #"""
    '🐱'.size() => 1
    'é'.size() => 1
    'e\u0301'.size() => 2
    'e\u0301' == 'é' => false
    '\r\n'.size() => 2
    'a\r\nb'.split('\n') => ["a\r", "b"]
    'e\u0301x'.charAt(1) == '\u0301' => true
    'e\u0301'.reverse() == '\u0301e' => true
    '🇨🇳'.size() => 2
    '👨‍👩‍👧'.substring(0, 1) => "👨"
    'שלום'.charAt(0) => "ש"
    '\r\n'.contains('\n') => true
    '客户反馈'.indexOf('反馈') => 2
    'a\u0301'.contains('a') => true
    'a\u0301'.startsWith('a') => true
    'a\u0301'.replace('a', 'b') == 'b\u0301' => true
    'café'.upperAscii() => "CAFé"
    {'é': 1}['é'] => 1
    {'e\u0301': 1, 'é': 2}.size() => 2
    'e\u0301' in {'é': 2} => false
    ['e\u0301', 'é'].distinct().size() => 2
    'x'.format([]) => "x"
    "%s".format(['e\u0301']) == 'e\u0301' => true
    "\u0065\u0301".size() => 2
    'a' + '\u0301' == 'a\u0301' => true
    size('a' + '\u0301') => 2
    b'\xc3'.size() => 1
    """#

  /// Exact or an error.
  static let conversions = #"""
    bool('T') => true
    bool('0') => false
    bool('f') => false
    bool('F') => false
    bool('false') => false
    bool('FALSE') => false
    bool('FaLsE') => error
    bytes('') => b""
    bytes('abc') => b"abc"
    bytes('\000\xff') => b"\000\303\277"
    double(1000000000000000) => 1000000000000000.0
    double('-0.0') => -0.0
    double('-987.654') => -987.654
    double('-5.43e-21') => -5.43e-21
    double('NaN') => double("NaN")
    double('Infinity') => double("Infinity")
    double('-Infinity') => double("-Infinity")
    int(42u) => 42
    int(18446744073709551615u) => error
    int(9223372036854775807u) => 9223372036854775807
    int(1.9) => 1
    int(11.5) => 11
    int(-1e99) => error
    int(-9223372036854775808.0) => error
    int(9223372036854774784.0) => 9223372036854774784
    int(-9223372036854774784.0) => -9223372036854774784
    int(double('NaN')) => error
    int('-987') => -987
    int('9223372036854775808') => error
    int('') => error
    int('1.5') => error
    int('0x10') => error
    uint(7.5) => 7u
    uint(0.9) => 0u
    uint(-1.5) => error
    uint('300') => 300u
    uint('-1') => error
    uint(18446744073709551616.0) => error
    uint(18446744073709549568.0) => 18446744073709549568u
    string(-1000) => "-1000"
    string(-0.0045) => "-0.0045"
    string(-4.5e-3) => "-0.0045"
    string(b'abcd') => "abcd"
    string(b'\303\277') => "ÿ"
    string(true) => "true"
    string(false) => "false"
    string(1.0) => "1"
    string(1e21) => "1e+21"
    type(true) => bool
    type(b'\xff') => bytes
    type(-9223372036854775808) => int
    type(1.5) => double
    type([1, 2, 3]) => list
    type(type) => type
    type(type(1)) => type
    type('foo') => string
    type(timestamp('2009-02-13T23:31:30Z')) => google.protobuf.Timestamp
    type(duration('1s')) => google.protobuf.Duration
    google.protobuf.Timestamp == type(timestamp(0)) => true
    bytes(b'abc') => b"abc"
    uint(1u) => 1u
    double(5.5) => 5.5
    duration('1s') => duration("1s")
    string(duration('1000000s')) => "1000000s"
    string(duration('1.5s')) => "1.5s"
    string(duration('-1ns')) => "-0.000000001s"
    string(timestamp('0001-01-01T00:00:00Z')) => "0001-01-01T00:00:00Z"
    timestamp('2009-02-13T23:31:30+08:00') => timestamp("2009-02-13T15:31:30Z")
    string(1.234567890123456789e-5) => "1.2345678901234568e-05"
    string(1e6) => "1e+06"
    string(100000.0) => "100000"
    string(123456.0) => "123456"
    string(1234567.0) => "1.234567e+06"
    string(0.0001) => "0.0001"
    string(1.0/0.0) => "+Inf"
    string(-1.0/0.0) => "-Inf"
    string(0.0/0.0) => "NaN"
    string(-0.0) => "-0"
    string(1e100) => "1e+100"
    int(9007199254740993.0) => 9007199254740992
    bytes('🐱') => b"\360\237\220\261"
    bytes('\u0080').size() => 2
    string(123) + 'a' => "123a"
    """#

  /// Parts, zones, ranges, arithmetic.
  static let instants = #"""
    timestamp('2009-02-13T23:31:30Z').getDayOfWeek() => 5
    timestamp('2009-02-13T23:31:30Z').getFullYear() => 2009
    timestamp('2009-02-13T23:31:20.123456789Z').getMilliseconds() => 123
    timestamp('2009-02-13T23:31:30Z').getMinutes() => 31
    timestamp('2009-02-13T23:31:30Z').getDate('Australia/Sydney') => 14
    timestamp('2009-02-13T23:31:30Z').getFullYear('-09:30') => 2009
    timestamp('2009-02-13T23:31:30Z').getHours('02:00') => 1
    timestamp('2009-02-13T23:31:30Z').getMinutes('Asia/Kathmandu') => 16
    timestamp('2009-02-13T23:31:30Z').getMonth('UTC') => 1
    timestamp('2009-02-13T23:31:20.123456789Z').getMilliseconds('UTC') => 123
    timestamp('2009-02-13T23:31:30Z').getHours('Mars/Olympus') => error
    timestamp('2009-02-13T23:31:30Z').getHours('+25:00') => error
    duration('3730s').getSeconds() => 3730
    duration('123.321456789s').getMilliseconds() => 321
    duration('-123.321456789s').getMilliseconds() => -321
    timestamp('9999-12-31T23:59:59Z') - timestamp('0001-01-01T00:00:00Z') => error
    duration('320000000000s') => error
    duration('315576000001s') => error
    duration('1h2m3.5s') => duration("3723.5s")
    duration('-1.5h') => duration("-5400s")
    duration('0') => duration("0s")
    duration('+5s') => duration("5s")
    duration('1us') => duration("0.000001s")
    duration('1µs') => duration("0.000001s")
    duration('5') => error
    duration('') => error
    duration('1d') => error
    timestamp(-62135596801) => error
    timestamp(-62135596800) => timestamp("0001-01-01T00:00:00Z")
    timestamp(253402300799) => timestamp("9999-12-31T23:59:59Z")
    timestamp('2009-02-13') => error
    timestamp('2009-02-30T00:00:00Z') => error
    timestamp('2009-02-13T24:00:00Z') => error
    timestamp('') => error
    duration('604800s') > duration('604800.1s') => false
    duration('100s') != duration('99.9s') => true
    timestamp('2023-12-25T00:00:00Z').getDayOfYear() => 358
    timestamp('2024-12-31T23:59:59Z').getDayOfYear() => 365
    timestamp('1969-12-31T23:59:59.5Z').getMilliseconds() => 500
    timestamp('1969-12-31T23:59:59.5Z').getSeconds() => 59
    timestamp('2009-02-13T23:31:30.25Z') - timestamp('2009-02-13T23:31:30Z') => duration("0.25s")
    timestamp('2009-02-13 23:31:30Z') => error
    timestamp('2009-02-13T23:31:60Z') => error
    duration('1h') + duration('30m') => duration("5400s")
    duration('1h') - duration('30m') => duration("1800s")
    string(duration('1h30m')) => "5400s"
    string(duration('0.1ms')) => "0.0001s"
    duration('.5s') => duration("0.5s")
    duration('1 s') => error
    duration('1s1h') => duration("3601s")
    type(timestamp(0)) == google.protobuf.Timestamp => true
    """#
}
