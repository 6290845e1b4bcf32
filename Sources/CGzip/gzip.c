#include "CGzip.h"

#include <stdlib.h>
#include <zlib.h>

int concord_gunzip(const uint8_t *data, size_t length, size_t limit, uint8_t **out,
                   size_t *outLength) {
  size_t capacity = length * 4 + 4096, count = 0;
  if (capacity > limit) capacity = limit;
  uint8_t *buffer = malloc(capacity);
  int result = buffer == NULL ? -3 : 0;
  z_stream stream = {0};
  // 15 bits of window, and 16 says that a gzip header comes first.
  if (result == 0 && inflateInit2(&stream, 15 + 16) != Z_OK) {
    free(buffer);
    return -3;
  }
  size_t read = 0;
  int status = Z_OK;
  while (result == 0) {
    if (count == capacity) {
      if (capacity >= limit) {
        result = -2;
        break;
      }
      size_t next = capacity * 2 < limit ? capacity * 2 : limit;
      uint8_t *larger = realloc(buffer, next);
      if (larger == NULL) {
        result = -3;
        break;
      }
      buffer = larger;
      capacity = next;
    }
    size_t left = length - read, room = capacity - count;
    stream.next_in = (Bytef *)(data + read);
    stream.avail_in = left > 1u << 30 ? 1u << 30 : (uInt)left;
    stream.next_out = buffer + count;
    stream.avail_out = room > 1u << 30 ? 1u << 30 : (uInt)room;
    uInt in = stream.avail_in, space = stream.avail_out;
    status = inflate(&stream, Z_NO_FLUSH);
    read += in - stream.avail_in;
    count += space - stream.avail_out;
    if (status == Z_STREAM_END) {
      if (read == length) break;
      if (inflateReset(&stream) != Z_OK) result = -1;
    } else if (status != Z_OK || (read == length && stream.avail_out > 0)) {
      result = -1;
    }
  }
  inflateEnd(&stream);
  if (result != 0) {
    free(buffer);
    return result;
  }
  *out = buffer;
  *outLength = count;
  return 0;
}
