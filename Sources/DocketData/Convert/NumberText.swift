/// Numbers as exports write them. A whole number may have a fraction of zeros (`12.0`): many tools write integers so once a
/// column has gaps.
enum NumberText {
  enum Whole {
    case value(negative: Bool, magnitude: UInt64)
    case outOfRange
    case invalid
  }

  static func whole(_ cell: RawCell) -> Whole {
    var offset = 0
    let isNegative = cell.count > 0 && cell.start[0] == 0x2D
    if isNegative || (cell.count > 0 && cell.start[0] == 0x2B) { offset = 1 }
    let first = offset
    var magnitude: UInt64 = 0
    var overflows = false
    while offset < cell.count {
      let digit = cell.start[offset] &- 0x30
      guard digit < 10 else { break }
      if magnitude > (UInt64.max - UInt64(digit)) / 10 { overflows = true }
      magnitude = magnitude &* 10 &+ UInt64(digit)
      offset += 1
    }
    guard offset > first else { return .invalid }
    if offset < cell.count {
      guard cell.start[offset] == 0x2E, offset + 1 < cell.count else { return .invalid }
      for place in offset + 1..<cell.count where cell.start[place] != 0x30 { return .invalid }
    }
    return overflows ? .outOfRange : .value(negative: isNegative, magnitude: magnitude)
  }

  static func int(_ cell: RawCell) -> Result<Int64, CellError> {
    switch whole(cell) {
    case .invalid: .failure(CellError(.notInt))
    case .outOfRange: .failure(CellError(.outOfRange))
    case .value(let isNegative, let magnitude):
      if isNegative {
        magnitude <= UInt64(Int64.max) + 1
          ? .success(Int64(truncatingIfNeeded: 0 &- magnitude)) : .failure(CellError(.outOfRange))
      } else {
        magnitude <= UInt64(Int64.max) ? .success(Int64(magnitude)) : .failure(CellError(.outOfRange))
      }
    }
  }

  static func uint(_ cell: RawCell) -> Result<UInt64, CellError> {
    switch whole(cell) {
    case .invalid: .failure(CellError(.notUInt))
    case .outOfRange: .failure(CellError(.outOfRange))
    case .value(let isNegative, let magnitude):
      isNegative && magnitude != 0 ? .failure(CellError(.outOfRange)) : .success(magnitude)
    }
  }

  /// Digits with at most one point and an exponent; no infinities, hexadecimal or grouping.
  static func double(_ cell: RawCell) -> Result<Double, CellError> {
    var offset = 0
    var mantissa: UInt64 = 0
    var digits = 0
    var significant = 0
    var scale = 0
    let isNegative = cell.count > 0 && cell.start[0] == 0x2D
    if isNegative || (cell.count > 0 && cell.start[0] == 0x2B) { offset = 1 }
    var hasPoint = false
    while offset < cell.count {
      let byte = cell.start[offset]
      if byte == 0x2E, !hasPoint {
        hasPoint = true
      } else {
        guard byte &- 0x30 < 10 else { break }
        digits += 1
        if significant < 19 { mantissa = mantissa &* 10 &+ UInt64(byte &- 0x30) }
        if mantissa != 0 { significant += 1 }
        if hasPoint { scale -= 1 }
      }
      offset += 1
    }
    guard digits > 0 else { return .failure(CellError(.notDouble)) }
    if offset < cell.count {
      guard cell.start[offset] | 0x20 == 0x65 else { return .failure(CellError(.notDouble)) }
      var exponent = 0
      offset += 1
      let isDown = offset < cell.count && cell.start[offset] == 0x2D
      if isDown || (offset < cell.count && cell.start[offset] == 0x2B) { offset += 1 }
      guard offset < cell.count else { return .failure(CellError(.notDouble)) }
      while offset < cell.count {
        guard cell.start[offset] &- 0x30 < 10 else { return .failure(CellError(.notDouble)) }
        exponent = min(100_000, exponent * 10 + Int(cell.start[offset] &- 0x30))
        offset += 1
      }
      scale += isDown ? -exponent : exponent
    }
    // Both factors are exact doubles here, so one rounding gives the nearest (Clinger 1990).
    if significant <= 15, scale >= -22, scale <= 22 {
      let value = scale < 0 ? Double(mantissa) / powers[-scale] : Double(mantissa) * powers[scale]
      return .success(isNegative ? -value : value)
    }
    guard let value = Double(cell.text) else { return .failure(CellError(.notDouble)) }
    return value.isFinite ? .success(value) : .failure(CellError(.outOfRange))
  }

  private static let powers: [Double] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20,
    1e21, 1e22,
  ]
}

struct CellError: Error, BitwiseCopyable {
  var failure: CellFailure
  init(_ failure: CellFailure) { self.failure = failure }
}
