/// What `:format`, `:pager`, `:time` and `:set` change.

struct ReplSettings {
  var format = OutputFormat.box
  /// Rows of a table for people.
  var rowLimit = 20
  var usesPager = true
  var isTimed = false
}
