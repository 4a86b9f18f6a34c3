/// The seconds since 1970, from the system.

import Glibc

enum SystemTime {
  static var seconds: Int { time(nil) }
}
