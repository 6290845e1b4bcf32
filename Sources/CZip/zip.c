#include <stdlib.h>
#include <string.h>
#include <zip.h>

#include "CZip.h"

struct concord_zip {
  zip_t *archive;
};

/// How many parts the end of the file promises, so that a directory of millions is not read first.
/// -1 when there is no such end.
static int64_t promised_count(const uint8_t *bytes, size_t length) {
  // APPNOTE.TXT 4.3.16: 22 bytes, then a comment of 65,535 at the most.
  const size_t size = 22, longestComment = 65535;
  if (length < size) return -1;
  for (size_t back = size; back <= length && back <= size + longestComment; back++) {
    const uint8_t *end = bytes + length - back;
    if (memcmp(end, "PK\5\6", 4) == 0) return end[10] | end[11] << 8;
  }
  return -1;
}

concord_zip *concord_zip_open(const uint8_t *bytes, size_t length, uint32_t largestCount,
                              int32_t *status) {
  int64_t count = promised_count(bytes, length);
  // 65,535 stands for "more than that".
  *status = count < 0 ? concord_zip_damaged : count > largestCount ? concord_zip_crowded : 0;
  if (*status != 0) return NULL;
  *status = concord_zip_no_memory;
  void *copy = malloc(length);
  concord_zip *zip = calloc(1, sizeof *zip);
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t *source = NULL;
  if (copy != NULL && zip != NULL) {
    memcpy(copy, bytes, length);
    source = zip_source_buffer_create(copy, length, 1, &error);
  }
  if (source == NULL) {
    free(copy);
    free(zip);
    zip_error_fini(&error);
    return NULL;
  }
  zip->archive = zip_open_from_source(source, ZIP_RDONLY, &error);
  zip_error_fini(&error);
  if (zip->archive == NULL) {
    zip_source_free(source);
    free(zip);
    *status = concord_zip_damaged;
    return NULL;
  }
  *status = concord_zip_ok;
  return zip;
}

void concord_zip_close(concord_zip *zip) {
  zip_discard(zip->archive);
  free(zip);
}

int64_t concord_zip_count(concord_zip *zip) { return zip_get_num_entries(zip->archive, 0); }

int32_t concord_zip_describe(concord_zip *zip, int64_t index, concord_zip_part *part) {
  zip_stat_t stat;
  zip_stat_init(&stat);
  const zip_uint64_t wanted = ZIP_STAT_NAME | ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE;
  if (zip_stat_index(zip->archive, (zip_uint64_t)index, ZIP_FL_ENC_GUESS, &stat) != 0 ||
      (stat.valid & wanted) != wanted)
    return -1;
  memset(part, 0, sizeof *part);
  part->name = stat.name;
  part->size = stat.size;
  part->packedSize = stat.comp_size;
  part->isEncrypted =
      (stat.valid & ZIP_STAT_ENCRYPTION_METHOD) != 0 && stat.encryption_method != ZIP_EM_NONE;
  zip_uint8_t system = 0;
  zip_uint32_t attributes = 0;
  // The upper half holds the mode of Unix, in which 0120000 of 0170000 is a symbolic link.
  if (zip_file_get_external_attributes(zip->archive, (zip_uint64_t)index, 0, &system,
                                       &attributes) == 0)
    part->isLink = system == ZIP_OPSYS_UNIX && (attributes >> 16 & 0170000) == 0120000;
  return 0;
}

int64_t concord_zip_read(concord_zip *zip, int64_t index, uint8_t *bytes, size_t capacity) {
  zip_file_t *file = zip_fopen_index(zip->archive, (zip_uint64_t)index, 0);
  if (file == NULL) return -1;
  size_t count = 0;
  zip_int64_t got = 0;
  while (count < capacity && (got = zip_fread(file, bytes + count, capacity - count)) > 0)
    count += (size_t)got;
  // At the end the checksum is compared.
  uint8_t more;
  if (got >= 0 && count == capacity) got = zip_fread(file, &more, 1) == 0 ? 0 : -1;
  int failed = zip_fclose(file);
  return got < 0 || failed != 0 ? -1 : (int64_t)count;
}

concord_zip_stream *concord_zip_part_open(concord_zip *zip, int64_t index) {
  return (concord_zip_stream *)zip_fopen_index(zip->archive, (zip_uint64_t)index, 0);
}

int64_t concord_zip_part_read(concord_zip_stream *stream, uint8_t *bytes, size_t capacity) {
  return zip_fread((zip_file_t *)stream, bytes, capacity);
}

void concord_zip_part_close(concord_zip_stream *stream) { zip_fclose((zip_file_t *)stream); }
