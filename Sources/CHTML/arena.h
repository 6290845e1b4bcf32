#ifndef CONCORD_HTML_ARENA_H
#define CONCORD_HTML_ARENA_H

#include <setjmp.h>
#include <stddef.h>

/// All memory of one parse. gumbo takes none for granted and yet checks nothing, and frees its tree
/// by recursion: so the memory is freed as a list, and what exceeds the limit jumps out.
struct arena {
  struct arena_piece *pieces;
  size_t used, limit;
  jmp_buf exhausted;
};

void *concord_html_take(void *arena, size_t size);
void concord_html_give(void *arena, void *memory);
void concord_html_free_all(struct arena *arena);

#endif
