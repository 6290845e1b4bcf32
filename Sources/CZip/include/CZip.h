#ifndef CONCORD_ZIP_H
#define CONCORD_ZIP_H

#include <stddef.h>
#include <stdint.h>

// libzip behind functions that read packed files in memory. Nothing is ever written to disk.

typedef struct concord_zip concord_zip;
typedef struct concord_zip_stream concord_zip_stream;

enum {
  concord_zip_ok = 0,
  /// No packed file, or a damaged one.
  concord_zip_damaged = 1,
  /// More parts than the caller allows.
  concord_zip_crowded = 2,
  concord_zip_no_memory = 3,
};

typedef struct {
  /// In UTF-8; holds until the file is closed.
  const char *name;
  uint64_t size, packedSize;
  uint8_t isEncrypted;
  /// Whether it stands for a symbolic link.
  uint8_t isLink;
} concord_zip_part;

/// Opens a packed file that lies in memory; the bytes are copied. `NULL` on failure, with the reason
/// in `*status`.
concord_zip *concord_zip_open(const uint8_t *bytes, size_t length, uint32_t largestCount,
                              int32_t *status);
void concord_zip_close(concord_zip *zip);

int64_t concord_zip_count(concord_zip *zip);

/// Says what the directory of the file says about a part. -1 when it says nothing.
int32_t concord_zip_describe(concord_zip *zip, int64_t index, concord_zip_part *part);

/// Unpacks a part into `bytes`. Returns how many there are, or -1 when it is damaged or holds more
/// than `capacity`.
int64_t concord_zip_read(concord_zip *zip, int64_t index, uint8_t *bytes, size_t capacity);

/// Opens a part to be unpacked piece by piece. `NULL` when it cannot be.
concord_zip_stream *concord_zip_part_open(concord_zip *zip, int64_t index);
/// Unpacks the next bytes. Returns how many there are, 0 behind the last, where the checksum is
/// compared, or -1 when the part is damaged.
int64_t concord_zip_part_read(concord_zip_stream *stream, uint8_t *bytes, size_t capacity);
void concord_zip_part_close(concord_zip_stream *stream);

#endif
