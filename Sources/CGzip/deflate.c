#include "CGzip.h"

#include <stdlib.h>
#include <zlib.h>

struct concord_deflater {
  z_stream stream;
  uint8_t *buffer;
  size_t capacity;
};

concord_deflater *concord_deflate_open(void) {
  concord_deflater *deflater = calloc(1, sizeof *deflater);
  if (deflater == NULL) return NULL;
  // 15 bits of window; less than 0 says that neither zlib's nor gzip's header is wanted.
  if (deflateInit2(&deflater->stream, 6, Z_DEFLATED, -15, 8, Z_DEFAULT_STRATEGY) == Z_OK)
    return deflater;
  free(deflater);
  return NULL;
}

void concord_deflate_close(concord_deflater *deflater) {
  deflateEnd(&deflater->stream);
  free(deflater->buffer);
  free(deflater);
}

int64_t concord_deflate(concord_deflater *deflater, const uint8_t *data, size_t length, int isLast,
                        const uint8_t **out) {
  z_stream *stream = &deflater->stream;
  size_t count = 0, read = 0;
  int status = Z_OK;
  do {
    if (deflater->capacity - count < 4096) {
      size_t next = deflater->capacity * 2 + 65536;
      uint8_t *larger = realloc(deflater->buffer, next);
      if (larger == NULL) return -1;
      deflater->buffer = larger;
      deflater->capacity = next;
    }
    size_t left = length - read, room = deflater->capacity - count;
    stream->next_in = (Bytef *)(data + read);
    stream->avail_in = left > 1u << 30 ? 1u << 30 : (uInt)left;
    stream->next_out = deflater->buffer + count;
    stream->avail_out = room > 1u << 30 ? 1u << 30 : (uInt)room;
    uInt in = stream->avail_in, space = stream->avail_out;
    int isEnd = isLast && in == left;
    status = deflate(stream, isEnd ? Z_FINISH : Z_NO_FLUSH);
    if (status == Z_STREAM_ERROR) return -1;
    read += in - stream->avail_in;
    count += space - stream->avail_out;
  } while (read < length || (isLast ? status != Z_STREAM_END : stream->avail_out == 0));
  *out = deflater->buffer;
  return (int64_t)count;
}

uint32_t concord_checksum(uint32_t checksum, const uint8_t *data, size_t length) {
  return (uint32_t)crc32_z(checksum, data, length);
}
