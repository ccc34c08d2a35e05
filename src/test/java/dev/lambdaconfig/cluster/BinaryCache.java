package dev.lambdaconfig.cluster;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;

/**
 * A cache of binaries between runs. An entry appears as a whole or not at all: it is prepared
 * beside its place and then moved, under a lock that other processes (a second checkout, an IDE)
 * respect.
 */
record BinaryCache(Path folder, String platform, Consumer<String> progress) {

  /** Fills an empty folder with the two programs. */
  @FunctionalInterface
  interface Maker {
    void fill(Path emptyFolder) throws IOException, InterruptedException;
  }

  Path entry(Release release) {
    return folder.resolve(release + "-" + platform);
  }

  /** The entry of that release; made now unless it is there, or another process is making it. */
  Path obtain(Release release, Maker maker) throws IOException, InterruptedException {
    // A file lock belongs to the whole JVM; between its threads only a monitor helps.
    synchronized (BinaryCache.class) {
      Files.createDirectories(folder);
      var lockFile = folder.resolve(release + "-" + platform + ".lock");
      try (var channel =
          FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
        try (var lock = lock(channel, release)) {
          requireNonNull(lock);
          return obtainLocked(release, maker);
        }
      }
    }
  }

  private FileLock lock(FileChannel channel, Release release) throws IOException {
    var lock = channel.tryLock();
    if (lock != null) {
      return lock;
    }
    progress.accept("waiting for another process that is making " + entry(release));
    return channel.lock();
  }

  private Path obtainLocked(Release release, Maker maker) throws IOException, InterruptedException {
    var entry = entry(release);
    if (BinaryFolder.lacks(entry).isEmpty()) {
      return entry;
    }
    var unfinished = folder.resolve(".unfinished-" + entry.getFileName());
    // A killed process has left it: the lock excludes that another one works on it.
    Folders.delete(unfinished);
    Files.createDirectory(unfinished);
    try {
      maker.fill(unfinished);
      var lack = BinaryFolder.lacks(unfinished);
      if (lack.isPresent()) {
        throw new IOException(lack.get());
      }
      Folders.delete(entry);
      Files.move(unfinished, entry, StandardCopyOption.ATOMIC_MOVE);
      return entry;
    } finally {
      Folders.delete(unfinished);
    }
  }
}
