#ifndef CONCORD_GZIP_H
#define CONCORD_GZIP_H

#include <stddef.h>
#include <stdint.h>

/// Unpacks gzip data of one or more members; the caller frees `*out`.
///
/// Returns 0, -1 for data that is broken or cut off, -2 when more than `limit` bytes would come
/// out, -3 when memory ran out.
int concord_gunzip(const uint8_t *data, size_t length, size_t limit, uint8_t **out,
                   size_t *outLength);

#endif
