/* Stands between a program and the disk, for tests of what the disk can do to it. Loaded with LD_PRELOAD.
 *
 * KEYRACK_DISK_ROOT   the folder that is watched; what is elsewhere is let through
 * KEYRACK_DISK_LOG    each call that changes a file there is written down in this file, in the order in which
 *                     they were done, and so is what the program says on its standard output
 * KEYRACK_DISK_DEAF   a file whose name ends so is not synced, though the program is told that it is
 * KEYRACK_DISK_FAULT  "NUMBER KIND": the call of that number fails, once. KIND is
 *                     eio or enospc (nothing is done), short (half of what is written, and no more is said),
 *                     torn (half of it, and the next write of the file says that the disk is full)
 * KEYRACK_DISK_HIT    a file that is made when that call comes
 *
 * A record is 1 byte what, 8 bytes inode, 8 bytes place or length, 4 bytes length of what follows, and that. The
 * numbers are the machine's own.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

enum { FILES = 1024 };
enum kind { ELSEWHERE, WATCHED, INDEX, FOLDER };

static struct {
  enum kind kind;
  uint64_t inode;
  int append;
  int deaf;
  int torn;
} files[FILES];

static pthread_mutex_t one_at_a_time = PTHREAD_RECURSIVE_MUTEX_INITIALIZER_NP;
static char root[PATH_MAX];
static size_t root_length;
static const char *deaf;
static int journal = -1;
static long calls, fault_at;
static char fault[16];

#define REAL(name) ((__typeof__(&name))real(#name))
static void *real(const char *name) {
  void *found = dlsym(RTLD_NEXT, name);
  if (!found) abort();
  return found;
}

static void note(char what, uint64_t inode, uint64_t place, const void *bytes, size_t length) {
  if (journal < 0) return;
  uint32_t size = (uint32_t)length;
  char head[21] = {what};
  memcpy(head + 1, &inode, 8);
  memcpy(head + 9, &place, 8);
  memcpy(head + 17, &size, 4);
  struct iovec parts[] = {{head, sizeof head}, {(void *)bytes, length}};
  if (REAL(writev)(journal, parts, 2) != (ssize_t)(sizeof head + length)) abort();
}

__attribute__((constructor)) static void begin(void) {
  const char *folder = getenv("KEYRACK_DISK_ROOT"), *log = getenv("KEYRACK_DISK_LOG"), *at = getenv("KEYRACK_DISK_FAULT");
  if (!folder || !realpath(folder, root)) return;
  root_length = strlen(root);
  deaf = getenv("KEYRACK_DISK_DEAF");
  if (log) journal = REAL(open)(log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  if (log && journal < 0) abort();
  note('B', 0, 0, NULL, 0);
  if (at && sscanf(at, "%ld %15s", &fault_at, fault) != 2) abort();
}

/* A call that changes a file in a way that is not written down: the test fails by it. */
static void unseen(const char *call) { note('?', 0, 0, call, strlen(call)); }

/* The path within the watched folder, or nothing. */
static const char *within(const char *path, char *room) {
  if (!root_length || !path) return NULL;
  char folder[PATH_MAX], made[PATH_MAX];
  const char *slash = strrchr(path, '/');
  if (slash == path || strlen(path) >= PATH_MAX - 2) return NULL;
  if (realpath(path, made) && strcmp(made, root) == 0) return strcpy(room, "");
  snprintf(folder, sizeof folder, "%.*s", slash ? (int)(slash - path) : 1, slash ? path : ".");
  if (!realpath(folder, made) || strncmp(made, root, root_length) != 0) return NULL;
  if (made[root_length] != 0 && made[root_length] != '/') return NULL;
  const char *below = made[root_length] ? made + root_length + 1 : "";
  snprintf(room, PATH_MAX, "%.*s%s%.*s", PATH_MAX / 2, below, *below ? "/" : "", PATH_MAX / 4, slash ? slash + 1 : path);
  return room;
}

static int ends(const char *name, const char *end) {
  size_t length = strlen(name), wanted = strlen(end);
  return length >= wanted && strcmp(name + length - wanted, end) == 0;
}

/* Whether this call is the one that fails. */
static int fails(void) {
  calls++;
  if (!fault_at || calls != fault_at) return 0;
  const char *hit = getenv("KEYRACK_DISK_HIT");
  int file = hit ? REAL(open)(hit, O_WRONLY | O_CREAT | O_CLOEXEC, 0600) : -1;
  if (file >= 0) REAL(close)(file);
  return 1;
}

static int refused(void) {
  if (!fails()) return 0;
  errno = strcmp(fault, "enospc") == 0 || strcmp(fault, "torn") == 0 ? ENOSPC : EIO;
  return 1;
}

static enum kind kind_of(int file) { return file >= 0 && file < FILES ? files[file].kind : ELSEWHERE; }

#define ALONE(type, body)                        \
  pthread_mutex_lock(&one_at_a_time);            \
  type answer = (body);                          \
  int said = errno;                              \
  pthread_mutex_unlock(&one_at_a_time);          \
  errno = said;                                  \
  return answer

static int opened(const char *path, int flags, mode_t mode) {
  char room[PATH_MAX];
  const char *name = within(path, room);
  struct stat before, now;
  int was_there = name && lstat(path, &before) == 0;
  if (name && !was_there && (flags & O_CREAT) && refused()) return -1;
  int file = REAL(open)(path, flags, mode);
  if (file < 0 || file >= FILES) {
    if (file >= FILES && name) unseen("too many files");
    return file;
  }
  memset(&files[file], 0, sizeof files[file]);
  if (!name || fstat(file, &now) != 0) return file;
  files[file].kind = S_ISDIR(now.st_mode) ? FOLDER : ends(name, "-shm") ? INDEX : WATCHED;
  files[file].inode = now.st_ino;
  files[file].append = flags & O_APPEND;
  files[file].deaf = deaf && ends(name, deaf);
  if (files[file].kind == WATCHED) {
    if (!was_there) note('C', now.st_ino, 0, name, strlen(name));
    else if (flags & O_TRUNC) note('T', now.st_ino, 0, NULL, 0);
  }
  return file;
}

#define OPEN(name)                                                   \
  int name(const char *path, int flags, ...) {                       \
    mode_t mode = 0;                                                 \
    if (flags & (O_CREAT | (O_TMPFILE & ~O_DIRECTORY))) {            \
      va_list rest;                                                  \
      va_start(rest, flags);                                         \
      mode = va_arg(rest, mode_t);                                   \
      va_end(rest);                                                  \
    }                                                                \
    ALONE(int, opened(path, flags, mode));                           \
  }
OPEN(open)
OPEN(open64)

#define OPENAT(name)                                                 \
  int name(int folder, const char *path, int flags, ...) {           \
    mode_t mode = 0;                                                 \
    if (flags & O_CREAT) {                                           \
      va_list rest;                                                  \
      va_start(rest, flags);                                         \
      mode = va_arg(rest, mode_t);                                   \
      va_end(rest);                                                  \
    }                                                                \
    if (folder == AT_FDCWD || *path == '/') {                        \
      ALONE(int, opened(path, flags, mode));                         \
    }                                                                \
    int file = REAL(openat)(folder, path, flags, mode);              \
    if (kind_of(folder) != ELSEWHERE) unseen(#name);                 \
    return file;                                                     \
  }
OPENAT(openat)
OPENAT(openat64)

int close(int file) {
  pthread_mutex_lock(&one_at_a_time);
  if (file >= 0 && file < FILES) files[file].kind = ELSEWHERE;
  pthread_mutex_unlock(&one_at_a_time);
  return REAL(close)(file);
}

/* Writes at a place, or where the file stands where that is below zero. */
static ssize_t written(int file, const void *bytes, size_t length, off64_t at) {
  enum kind kind = kind_of(file);
  if (file == STDOUT_FILENO && at < 0) note('A', 0, 0, bytes, length);
  if (kind != WATCHED && kind != INDEX)
    return at < 0 ? REAL(write)(file, bytes, length) : REAL(pwrite64)(file, bytes, length, at);
  if (files[file].torn) {
    files[file].torn = 0;
    errno = ENOSPC;
    return -1;
  }
  if (fails()) {
    int half = strcmp(fault, "short") == 0 || strcmp(fault, "torn") == 0;
    if (!half || length < 2) {
      errno = strcmp(fault, "eio") == 0 ? EIO : ENOSPC;
      return -1;
    }
    files[file].torn = strcmp(fault, "torn") == 0;
    length /= 2;
  }
  off64_t place = at;
  struct stat now;
  if (at < 0 && files[file].append) place = fstat(file, &now) == 0 ? now.st_size : -1;
  else if (at < 0) place = lseek64(file, 0, SEEK_CUR);
  ssize_t done = at < 0 ? REAL(write)(file, bytes, length) : REAL(pwrite64)(file, bytes, length, at);
  if (done > 0 && kind == WATCHED) note('W', files[file].inode, (uint64_t)place, bytes, (size_t)done);
  return done;
}

ssize_t write(int file, const void *bytes, size_t length) { ALONE(ssize_t, written(file, bytes, length, -1)); }
ssize_t pwrite(int file, const void *bytes, size_t length, off_t at) { ALONE(ssize_t, written(file, bytes, length, at)); }
ssize_t pwrite64(int file, const void *bytes, size_t length, off64_t at) { ALONE(ssize_t, written(file, bytes, length, at)); }

static int synced(int file, int (*sync)(int)) {
  enum kind kind = kind_of(file);
  if (kind == ELSEWHERE) return sync(file);
  if (refused()) return -1;
  if (files[file].deaf) return 0;
  int done = sync(file);
  if (done == 0 && kind == WATCHED) note('S', files[file].inode, 0, NULL, 0);
  if (done == 0 && kind == FOLDER) {
    char link[32], path[PATH_MAX];
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    ssize_t length = readlink(link, path, sizeof path);
    if (length < (ssize_t)root_length) abort();
    size_t begin = root_length + (length > (ssize_t)root_length);
    note('D', 0, 0, path + begin, (size_t)length - begin);
  }
  return done;
}
int fsync(int file) { ALONE(int, synced(file, REAL(fsync))); }
int fdatasync(int file) { ALONE(int, synced(file, REAL(fdatasync))); }

static int cut(int file, off64_t length) {
  enum kind kind = kind_of(file);
  if (kind != ELSEWHERE && refused()) return -1;
  int done = REAL(ftruncate64)(file, length);
  if (done == 0 && kind == WATCHED) note('T', files[file].inode, (uint64_t)length, NULL, 0);
  return done;
}
int ftruncate(int file, off_t length) { ALONE(int, cut(file, length)); }
int ftruncate64(int file, off64_t length) { ALONE(int, cut(file, length)); }

int mkdir(const char *path, mode_t mode) {
  char room[PATH_MAX];
  const char *name = within(path, room);
  int done = REAL(mkdir)(path, mode);
  if (done == 0 && name) note('M', 0, 0, name, strlen(name));
  return done;
}

static int removed(const char *path) {
  char room[PATH_MAX];
  const char *name = within(path, room);
  if (name && access(path, F_OK) == 0 && refused()) return -1;
  int done = REAL(unlink)(path);
  if (done == 0 && name && !ends(name, "-shm")) note('U', 0, 0, name, strlen(name));
  return done;
}
int unlink(const char *path) { ALONE(int, removed(path)); }
int unlinkat(int folder, const char *path, int flags) {
  if (folder == AT_FDCWD && !flags) return unlink(path);
  if (kind_of(folder) != ELSEWHERE) unseen("unlinkat");
  return REAL(unlinkat)(folder, path, flags);
}

static int renamed(const char *from, const char *to) {
  char room[PATH_MAX], other[PATH_MAX];
  const char *old = within(from, room), *new = within(to, other);
  if ((old || new) && refused()) return -1;
  int done = REAL(rename)(from, to);
  if (done != 0 || (!old && !new)) return done;
  if (!old || !new) unseen("rename out of the folder");
  else if (!ends(old, "-shm")) {
    char both[2 * PATH_MAX];
    int length = snprintf(both, sizeof both, "%s\n%s", old, new);
    note('R', 0, 0, both, (size_t)length);
  }
  return done;
}
int rename(const char *from, const char *to) { ALONE(int, renamed(from, to)); }

/* What is let through, and told: none of these is expected. */
#define UNSEEN(type, name, arguments, names, file)                   \
  type name arguments {                                              \
    if (kind_of(file) == WATCHED) unseen(#name);                     \
    return REAL(name) names;                                         \
  }
UNSEEN(ssize_t, writev, (int file, const struct iovec *parts, int count), (file, parts, count), file)
UNSEEN(ssize_t, pwritev, (int file, const struct iovec *parts, int count, off_t at), (file, parts, count, at), file)
UNSEEN(ssize_t, pwritev64, (int file, const struct iovec *parts, int count, off64_t at), (file, parts, count, at), file)
UNSEEN(int, fallocate, (int file, int mode, off_t at, off_t length), (file, mode, at, length), file)
UNSEEN(int, fallocate64, (int file, int mode, off64_t at, off64_t length), (file, mode, at, length), file)
UNSEEN(int, posix_fallocate, (int file, off_t at, off_t length), (file, at, length), file)
UNSEEN(int, posix_fallocate64, (int file, off64_t at, off64_t length), (file, at, length), file)
UNSEEN(ssize_t, copy_file_range, (int from, off64_t *at, int file, off64_t *to, size_t length, unsigned flags),
       (from, at, file, to, length, flags), file)
UNSEEN(ssize_t, sendfile64, (int file, int from, off64_t *at, size_t length), (file, from, at, length), file)
#define MAPPED(name)                                                                               \
  void *name(void *at, size_t length, int protection, int flags, int file, off64_t from) {         \
    if (kind_of(file) == WATCHED && (flags & MAP_SHARED) && (protection & PROT_WRITE)) unseen(#name); \
    return REAL(name)(at, length, protection, flags, file, from);                                  \
  }
MAPPED(mmap)
MAPPED(mmap64)
