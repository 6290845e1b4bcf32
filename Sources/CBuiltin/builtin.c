#include "CBuiltin.h"

#pragma clang diagnostic ignored "-Wc23-extensions"

// The data travels inside the binary, so that moving the binary does not break it.
static const unsigned char lexicon[] = {
#embed "../../Glossary/lexicon.en-zh.tsv"
};

const unsigned char *concord_lexicon_bytes(void) { return lexicon; }
size_t concord_lexicon_size(void) { return sizeof lexicon; }

static const unsigned char rules[] = {
#embed "../../Glossary/segmentation.srx"
};

const unsigned char *concord_rules_bytes(void) { return rules; }
size_t concord_rules_size(void) { return sizeof rules; }

static const unsigned char pinyin[] = {
#embed "../../Glossary/pinyin.tsv"
};

const unsigned char *concord_pinyin_bytes(void) { return pinyin; }
size_t concord_pinyin_size(void) { return sizeof pinyin; }
