/// What a cell turned out to hold.

import DocketRuntime
import DocketTime

enum ParsedCell: BitwiseCopyable {
  case absent
  case value(Value)
  /// A local time that its zone skipped or had twice, and the instant taken for it.
  case moved(Value, isGap: Bool)
  case failure(CellFailure)
}

/// Why a text is not a value of its field's type. The text itself stands in the file, where it is looked up when told.
enum CellFailure: Hashable, Sendable, BitwiseCopyable {
  case notBool
  case notInt
  case notUInt
  case outOfRange
  case notDouble
  case notTimestamp
  /// A day where an instant is wanted.
  case dateOnly
  case notDate
  /// An instant where a day is wanted.
  case timeOfDay
  /// A local time and no zone to read it in.
  case noZone
  case notDuration
  case unknownCase
  case unknownCalendar
  case notList
  /// A type that text cannot hold.
  case unreadableType
  case absentKey
  case absentCreated
  case absentVersion
  /// The expression of the mapping failed; the error is in the heap.
  case evaluation(ErrorReference)
  /// The expression gave a value of another type.
  case wrongResult
}
