#include "csqlite.h"

#include "cloader.h"

#define FUNCTIONS(F) \
  F(int, sqlite3_open_v2, (const char *path, sqlite3 **database, int flags, const char *vfs), (path, database, flags, vfs)) \
  F(int, sqlite3_close_v2, (sqlite3 *database), (database)) \
  F(int, sqlite3_exec, \
    (sqlite3 *database, const char *sql, int (*row)(void *, int, char **, char **), void *context, char **error), \
    (database, sql, row, context, error)) \
  F(const char *, sqlite3_errmsg, (sqlite3 *database), (database)) \
  F(int, sqlite3_prepare_v2, \
    (sqlite3 *database, const char *sql, int length, sqlite3_stmt **statement, const char **rest), \
    (database, sql, length, statement, rest)) \
  F(int, sqlite3_finalize, (sqlite3_stmt *statement), (statement)) \
  F(int, sqlite3_step, (sqlite3_stmt *statement), (statement)) \
  F(int, sqlite3_column_count, (sqlite3_stmt *statement), (statement)) \
  F(const char *, sqlite3_column_name, (sqlite3_stmt *statement, int column), (statement, column)) \
  F(int, sqlite3_column_type, (sqlite3_stmt *statement, int column), (statement, column)) \
  F(sqlite3_int64, sqlite3_column_int64, (sqlite3_stmt *statement, int column), (statement, column)) \
  F(double, sqlite3_column_double, (sqlite3_stmt *statement, int column), (statement, column)) \
  F(const unsigned char *, sqlite3_column_text, (sqlite3_stmt *statement, int column), (statement, column)) \
  F(const void *, sqlite3_column_blob, (sqlite3_stmt *statement, int column), (statement, column)) \
  F(int, sqlite3_column_bytes, (sqlite3_stmt *statement, int column), (statement, column))

FUNCTIONS(CLOADER_FORWARD)

CLOADER_OPEN(csqlite_open, CLOADER_FILE("libsqlite3.so.0", "libsqlite3.dylib"), FUNCTIONS(CLOADER_SYMBOL))
