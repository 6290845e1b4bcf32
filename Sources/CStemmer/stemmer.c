#include "CStemmer.h"

#include <libstemmer.h>
#include <string.h>

concord_stemmer *concord_stemmer_open(void) {
  return (concord_stemmer *)sb_stemmer_new("english", "UTF_8");
}

void concord_stemmer_close(concord_stemmer *stemmer) {
  sb_stemmer_delete((struct sb_stemmer *)stemmer);
}

int32_t concord_stemmer_stem(concord_stemmer *stemmer, const uint8_t *word, int32_t length,
                             uint8_t *out) {
  struct sb_stemmer *handle = (struct sb_stemmer *)stemmer;
  const sb_symbol *stem = sb_stemmer_stem(handle, word, length);
  int32_t size = stem == NULL ? length : sb_stemmer_length(handle);
  if (size > length) size = length;
  memcpy(out, stem == NULL ? word : stem, (size_t)size);
  return size;
}
