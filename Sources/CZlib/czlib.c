#include "czlib.h"

#include "cloader.h"

#define FUNCTIONS(F) \
  F(int, inflateInit2_, (z_stream *stream, int bits, const char *version, int size), (stream, bits, version, size)) \
  F(int, inflate, (z_stream *stream, int flush), (stream, flush)) \
  F(int, inflateReset, (z_stream *stream), (stream)) \
  F(int, inflateEnd, (z_stream *stream), (stream)) \
  F(int, deflateInit2_, \
    (z_stream *stream, int level, int method, int bits, int memory, int strategy, const char *version, int size), \
    (stream, level, method, bits, memory, strategy, version, size)) \
  F(int, deflate, (z_stream *stream, int flush), (stream, flush)) \
  F(uLong, deflateBound, (z_stream *stream, uLong length), (stream, length)) \
  F(int, deflateEnd, (z_stream *stream), (stream))

FUNCTIONS(CLOADER_FORWARD)

const char *czlib_open(void) {
  static const struct cloader_symbol symbols[] = {FUNCTIONS(CLOADER_SYMBOL)};
#ifdef __APPLE__
  const char *file = "libz.1.dylib";
#else
  const char *file = "libz.so.1";
#endif
  return cloader_open(file, symbols, sizeof symbols / sizeof *symbols);
}
