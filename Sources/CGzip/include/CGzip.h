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

typedef struct concord_deflater concord_deflater;

/// Opens a packer that writes a bare stream of deflate (RFC 1951), as packed files hold it. `NULL`
/// when memory ran out.
concord_deflater *concord_deflate_open(void);
void concord_deflate_close(concord_deflater *deflater);

/// Packs the next bytes; `isLast` 1 ends the stream. `*out` belongs to the packer and holds until its
/// next call. Returns how many bytes came out, or -1 when memory ran out.
int64_t concord_deflate(concord_deflater *deflater, const uint8_t *data, size_t length, int isLast,
                        const uint8_t **out);

/// CRC-32 of the bytes behind what `checksum` is of; 0 to start with.
uint32_t concord_checksum(uint32_t checksum, const uint8_t *data, size_t length);

#endif
