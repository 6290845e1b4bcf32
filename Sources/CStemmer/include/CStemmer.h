#ifndef CONCORD_STEMMER_H
#define CONCORD_STEMMER_H

#include <stdint.h>

typedef struct concord_stemmer concord_stemmer;

/// The English (Porter 2) stemmer, or NULL when memory ran out. Not to be shared by threads.
concord_stemmer *concord_stemmer_open(void);
void concord_stemmer_close(concord_stemmer *stemmer);

/// Writes the stem of a lower-case word to `out`, which holds at least `length` + 1 bytes.
/// Returns the stem's length in bytes.
int32_t concord_stemmer_stem(concord_stemmer *stemmer, const uint8_t *word, int32_t length,
                             uint8_t *out);

#endif
