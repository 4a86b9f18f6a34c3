/// Literals as values.

public import DocketSemantics

extension Heap {
  public func value(of constant: Constant) -> Value {
    switch constant {
    case .null: .null
    case .bool(let bit): .bool(bit)
    case .int(let number): .int(number)
    case .uint(let number): .uint(number)
    case .double(let number): .double(number.value)
    case .string(let text): string(text)
    case .bytes(let bytes): self.bytes(bytes)
    case .timestamp(let instant): .timestamp(instant)
    case .duration(let duration): .duration(duration)
    case .date(let date): .date(date)
    case .enumeration(let type, let ordinal): .enumeration(EnumValue(type: type.index, ordinal: UInt16(ordinal)))
    case .type(let type): self.type(type.erased)
    }
  }
}
