#ifndef CONCORD_GZIP_H
#define CONCORD_GZIP_H
#endif
