#include "skip.h"

#include <string.h>

#if defined(__x86_64__)
#include <immintrin.h>

/// Thirty-two bytes at a time, by the shuffles of Langdale and Lemire (2019): a table says by a
/// byte's low half at which high halves to stop, another finds the bit of its own high half. With
/// two tables of the first sort, for high halves below 8 and from 8 on, any set of bytes will do.
__attribute__((target("avx2"))) static size_t skip_by_32(const concord_stops *stops,
                                                         const uint8_t *text, size_t at,
                                                         size_t length) {
  const __m256i low =
      _mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)stops->low));
  const __m256i high =
      _mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)stops->high));
  const __m256i bits = _mm256_set1_epi64x((long long)0x8040201008040201u);
  const __m256i topBit = _mm256_set1_epi8((char)0x80), half = _mm256_set1_epi8(0xF);
  while (length - at >= 32) {
    __m256i bytes = _mm256_loadu_si256((const __m256i *)(text + at));
    // A shuffle gives 0 for bytes whose top bit is set.
    __m256i wanted =
        _mm256_or_si256(_mm256_shuffle_epi8(low, bytes),
                        _mm256_shuffle_epi8(high, _mm256_xor_si256(bytes, topBit)));
    __m256i bit =
        _mm256_shuffle_epi8(bits, _mm256_and_si256(_mm256_srli_epi16(bytes, 4), half));
    __m256i isCalm = _mm256_cmpeq_epi8(_mm256_and_si256(wanted, bit), _mm256_setzero_si256());
    uint32_t found = ~(uint32_t)_mm256_movemask_epi8(isCalm);
    if (found != 0) return at + (size_t)__builtin_ctz(found);
    at += 32;
  }
  while (at < length && !stops->stops[text[at]]) at++;
  return at;
}

static int has_shuffles(void) { return __builtin_cpu_supports("avx2"); }
#else
#define skip_by_32 NULL
static int has_shuffles(void) { return 0; }
#endif

concord_skip *concord_skip_long(concord_stops *stops) {
  memset(stops->low, 0, sizeof stops->low);
  memset(stops->high, 0, sizeof stops->high);
  for (int byte = 0; byte < 256; byte++) {
    if (!stops->stops[byte]) continue;
    uint8_t *table = byte < 128 ? stops->low : stops->high;
    table[byte & 15] |= (uint8_t)(1 << (byte >> 4 & 7));
  }
  return has_shuffles() ? skip_by_32 : NULL;
}
