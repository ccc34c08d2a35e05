package dev.lambdaconfig.kube.lists;

import com.fasterxml.jackson.databind.ObjectReader;
import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.timing.WaitingThreads;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;

/**
 * Reads the items of a list: short ones in threads of their own, some dozen at a time, while the
 * next ones arrive.
 */
final class ItemBatches {

  /** The bytes of short items that are read in one thread. */
  private static final int BATCH = 1 << 16;

  /** The batches that arrive before the first of them has been read. */
  private static final int MOST_BATCHES = 16;

  /** The threads that read: the caller's, where each would be one of the platform. */
  private static final Executor READERS =
      WaitingThreads.areVirtual() ? task -> WaitingThreads.builder().start(task) : Runnable::run;

  private final ObjectReader reader;
  private List<LambdaFunctionConfig> items = new ArrayList<>();

  /** The items that arrived after those, in their order, while they are read. */
  private final Queue<CompletableFuture<List<LambdaFunctionConfig>>> batches = new ArrayDeque<>();

  /** The short items that arrived last. */
  private List<byte[]> batch = new ArrayList<>();

  private int batchBytes;

  /**
   * Creates a place without items.
   *
   * @param reader reads an item
   */
  ItemBatches(ObjectReader reader) {
    this.reader = reader;
  }

  /**
   * Adds an item that has arrived, and waits where many have not been read.
   *
   * @throws IOException if an item cannot be read: this one, or one before it
   */
  void add(ItemBytes item) throws IOException {
    if (item.isLarge()) {
      readWaiting();
      items.add(item.read(reader));
      return;
    }
    batch.add(item.toByteArray());
    batchBytes += item.size();
    if (batchBytes >= BATCH) {
      readBatch();
      await(MOST_BATCHES);
    }
  }

  /**
   * Takes all items, in their order, once they are read.
   *
   * @throws IOException if one of them cannot be read
   */
  List<LambdaFunctionConfig> take() throws IOException {
    readWaiting();
    List<LambdaFunctionConfig> read = items;
    items = new ArrayList<>();
    return read;
  }

  /** Begins to read the short items that arrived last. */
  private void readBatch() {
    List<byte[]> arrived = batch;
    batches.add(CompletableFuture.supplyAsync(() -> read(arrived), READERS));
    batch = new ArrayList<>();
    batchBytes = 0;
  }

  /** Reads all short items that have arrived. */
  private void readWaiting() throws IOException {
    if (!batch.isEmpty()) {
      readBatch();
    }
    await(0);
  }

  private List<LambdaFunctionConfig> read(List<byte[]> arrived) {
    List<LambdaFunctionConfig> read = new ArrayList<>(arrived.size());
    for (byte[] each : arrived) {
      try {
        // From bytes, the parser would read through a decoder with a buffer of 8 KB.
        read.add(reader.readValue(new String(each, StandardCharsets.UTF_8)));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return read;
  }

  /** Waits until only so many batches are left to read. */
  private void await(int most) throws IOException {
    while (batches.size() > most) {
      try {
        items.addAll(batches.remove().join());
      } catch (CompletionException e) {
        if (e.getCause() instanceof UncheckedIOException unreadable) {
          throw unreadable.getCause();
        }
        if (e.getCause() instanceof RuntimeException failure) {
          throw failure;
        }
        throw e;
      }
    }
  }
}
