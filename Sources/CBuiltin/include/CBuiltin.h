#ifndef CONCORD_BUILTIN_H
#define CONCORD_BUILTIN_H

#include <stddef.h>

/// The text of Glossary/lexicon.en-zh.tsv as it was when the program was built, in UTF-8.
const unsigned char *concord_lexicon_bytes(void);
size_t concord_lexicon_size(void);

/// The text of Glossary/segmentation.srx, likewise.
const unsigned char *concord_rules_bytes(void);
size_t concord_rules_size(void);

/// The text of Glossary/pinyin.tsv, likewise.
const unsigned char *concord_pinyin_bytes(void);
size_t concord_pinyin_size(void);

#endif
