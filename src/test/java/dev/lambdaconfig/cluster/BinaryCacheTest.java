package dev.lambdaconfig.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An entry of the cache is complete or absent. */
class BinaryCacheTest {

  private static final Release RELEASE = new Release(1, 34, 4);

  @TempDir Path folder;

  private BinaryCache cache = new BinaryCache(Path.of("set below"), "", progress -> {});

  @BeforeEach
  void cacheInFolder() {
    cache = new BinaryCache(folder, "linux-amd64", progress -> {});
  }

  @Test
  void makesAnEntryOnceForAllWhoAskAtTheSameTime() throws Exception {
    // Given
    var made = new AtomicInteger();
    Callable<Path> ask =
        () ->
            cache.obtain(
                RELEASE,
                empty -> {
                  made.incrementAndGet();
                  FakeBinaries.in(empty);
                });

    // When
    try (var threads = Executors.newFixedThreadPool(4)) {
      var answers = threads.invokeAll(Stream.generate(() -> ask).limit(4).toList());

      // Then
      for (var answer : answers) {
        assertThat(answer.get()).isEqualTo(folder.resolve("v1.34.4-linux-amd64"));
      }
    }
    assertThat(made).hasValue(1);
    assertThat(BinaryFolder.lacks(cache.entry(RELEASE))).isEmpty();
  }

  @Test
  void leavesNothingBehindWhereTheMakerFails() throws IOException {
    assertThatIOException()
        .isThrownBy(
            () ->
                cache.obtain(
                    RELEASE,
                    empty -> {
                      FakeBinaries.in(empty);
                      throw new IOException("no space left on device");
                    }))
        .withMessage("no space left on device");

    assertThat(cache.entry(RELEASE)).doesNotExist();
    try (var left = Files.list(folder)) {
      assertThat(left).containsExactly(folder.resolve("v1.34.4-linux-amd64.lock"));
    }
  }

  @Test
  void doesNotAcceptAnIncompleteResult() {
    assertThatIOException()
        .isThrownBy(() -> cache.obtain(RELEASE, empty -> {}))
        .withMessageContaining("no executable kube-apiserver");

    assertThat(cache.entry(RELEASE)).doesNotExist();
  }

  @Test
  void replacesWhatAKilledProcessLeft() throws Exception {
    // Given
    var unfinished = Files.createDirectory(folder.resolve(".unfinished-v1.34.4-linux-amd64"));
    Files.createFile(unfinished.resolve("etcd"));
    Files.createFile(Files.createDirectories(cache.entry(RELEASE)).resolve("etcd"));

    // When
    var entry = cache.obtain(RELEASE, FakeBinaries::in);

    // Then
    assertThat(BinaryFolder.lacks(entry)).isEmpty();
  }
}
