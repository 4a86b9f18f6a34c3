/// The rows that could not be used, one JSON object on a line, so that they can be mended and loaded again.

import DocketData
import DocketDiagnostics
import Glibc

enum RejectsFile {
  /// The system's words where it cannot be written.
  static func write(_ report: LoadReport, to path: String) -> String? {
    var json = JSONWriter(reservingCapacity: 1 << 12)
    for source in report.sources {
      for reject in source.rejects {
        json.object { json in
          json.field("entity", source.entity)
          json.field("path", source.path)
          json.field("line", reject.line)
          json.field("code", reject.reason.code.rawValue)
          json.field("reason", reject.reason.message)
          json.field("row", reject.text)
        }
        json.endLine()
      }
    }
    guard let file = fopen(path, "wb") else { return String(cString: strerror(errno)).lowercased() }
    let written = fwrite(json.bytes, 1, json.bytes.count, file)
    let closed = fclose(file)
    return written == json.bytes.count && closed == 0 ? nil : String(cString: strerror(errno)).lowercased()
  }
}
