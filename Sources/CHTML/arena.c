#include "arena.h"

#include <stdlib.h>

struct arena_piece {
  struct arena_piece *next, *previous;
  size_t size;
  // What follows is aligned like memory from malloc.
  size_t padding;
};

void *concord_html_take(void *data, size_t size) {
  struct arena *arena = data;
  struct arena_piece *piece = NULL;
  if (size < arena->limit - arena->used) piece = malloc(sizeof *piece + size);
  if (piece == NULL) longjmp(arena->exhausted, 1);
  piece->size = size;
  piece->previous = NULL;
  piece->next = arena->pieces;
  if (arena->pieces != NULL) arena->pieces->previous = piece;
  arena->pieces = piece;
  arena->used += size;
  return piece + 1;
}

void concord_html_give(void *data, void *memory) {
  if (memory == NULL) return;
  struct arena *arena = data;
  struct arena_piece *piece = (struct arena_piece *)memory - 1;
  arena->used -= piece->size;
  if (piece->previous != NULL)
    piece->previous->next = piece->next;
  else
    arena->pieces = piece->next;
  if (piece->next != NULL) piece->next->previous = piece->previous;
  free(piece);
}

void concord_html_free_all(struct arena *arena) {
  struct arena_piece *piece = arena->pieces;
  while (piece != NULL) {
    struct arena_piece *next = piece->next;
    free(piece);
    piece = next;
  }
  arena->pieces = NULL;
}
