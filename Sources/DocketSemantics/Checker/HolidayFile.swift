/// The days that a file of holidays names, as they reach the checker: who reads the file is up to the program.

public import DocketDiagnostics
public import DocketTime

public struct HolidayFile: Sendable, Hashable {
  public struct Day: Sendable, Hashable {
    public var date: CivilDate
    /// May be empty.
    public var name: String
    /// A day off, or a workday with the usual hours.
    public var isWork: Bool

    public init(_ date: CivilDate, _ name: String, isWork: Bool) {
      self.date = date
      self.name = name
      self.isWork = isWork
    }
  }

  public enum Fact: Sendable, Hashable {
    /// The system's reason.
    case unreadable(String)
    case notUTF8
    /// A quote that is not closed, or text behind one.
    case badQuotes
    case cells(found: Int)
    case notDate(String)
    case neitherOffNorWork(String)
    /// The date is off in one row and work in another.
    case contradiction(CivilDate, line: Int)
  }

  public struct Problem: Sendable, Hashable {
    public var place: DataPlace
    public var fact: Fact

    public init(_ fact: Fact, at place: DataPlace) {
      self.place = place
      self.fact = fact
    }
  }

  public var days: [Day]
  public var problems: [Problem]

  public init(days: [Day] = [], problems: [Problem] = []) {
    self.days = days
    self.problems = problems
  }

  /// Gives the file that a `holidays` clause of a source text names by its path.
  public typealias Reader = @Sendable (_ path: String, _ file: FileID) -> HolidayFile

  /// For texts that have no folder to read from.
  public static let none: Reader = { path, _ in
    HolidayFile(problems: [Problem(.unreadable("there is no folder to look in"), at: DataPlace(path: path))])
  }
}
