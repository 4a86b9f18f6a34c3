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

CLOADER_OPEN(czlib_open, CLOADER_FILE("libz.so.1", "libz.1.dylib"), FUNCTIONS(CLOADER_SYMBOL))
