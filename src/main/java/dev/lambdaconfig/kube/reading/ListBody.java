package dev.lambdaconfig.kube.reading;

import com.fasterxml.jackson.databind.ObjectReader;
import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.kube.http.VirtualThreadClients;
import io.fabric8.kubernetes.client.http.AsyncBody;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the body of a list as it arrives, one item at a time, and passes it on with a {@linkplain
 * ListedItems ticket} in the place of each item. All else passes unchanged, and so does an answer
 * that is not a list.
 *
 * <p>An item is held as bytes while it arrives: a tree or tokens of what a tenant has made up of
 * small values would take many times as much. Short items are read in threads of their own, some
 * dozen at a time, while the next ones arrive.
 */
final class ListBody implements AsyncBody.Consumer<List<ByteBuffer>> {

  /** Told of each list that arrived whole, and of each answer that failed. */
  interface Listener {

    /**
     * Called at the end of a list of so many items and bytes, mostly before the last ones are read.
     *
     * @param next the token of the next page, or null
     */
    void onList(int items, long bytes, @Nullable String next);

    /** Called if the answer breaks off. */
    void onFailure();
  }

  /** The bytes of an item, one after the other. */
  private static final class Item extends ByteArrayOutputStream {

    /** The size from which the space is not kept for the next one, and there is no second copy. */
    private static final int LARGE = 1 << 16;

    Item begin() {
      if (buf.length > LARGE) {
        buf = new byte[LARGE];
      }
      reset();
      return this;
    }

    boolean isLarge() {
      return count > LARGE;
    }

    LambdaFunctionConfig read(ObjectReader reader) throws IOException {
      return reader.readValue(buf, 0, count);
    }
  }

  /** The bytes of short items that are read in one thread. */
  private static final int BATCH = 1 << 16;

  /** The batches that arrive before the first of them has been read. */
  private static final int MOST_BATCHES = 16;

  /** The threads that read: that of the body, where virtual threads may not wait. */
  private static final Executor READERS =
      VirtualThreadClients.canBlock() ? Thread::startVirtualThread : Runnable::run;

  /** The bytes of what is around the items that are searched for the token of the next page. */
  private static final int MOST_AROUND = 1 << 16;

  /** A tenant's text is in items only. */
  private static final Pattern TOKEN = Pattern.compile("\"continue\"\\s*:\\s*\"([^\"\\\\]+)\"");

  private final AsyncBody.Consumer<List<ByteBuffer>> next;
  private final ObjectReader reader;
  private final ListedItems place;
  private final Executor later;
  private final Listener listener;

  private final ListFrame frame = new ListFrame();
  private final List<LambdaFunctionConfig> items = new ArrayList<>();

  /** The items that arrived after those, in their order, while they are read. */
  private final Queue<CompletableFuture<List<LambdaFunctionConfig>>> batches = new ArrayDeque<>();

  /** The short items that arrived last. */
  private List<byte[]> batch = new ArrayList<>();

  private final ByteArrayOutputStream around = new ByteArrayOutputStream();
  private final long page;
  private final Item space = new Item();

  /** The item that is arriving, or null between two of them. */
  private @Nullable Item item;

  private long bytes;
  private int batchBytes;
  private long aroundBytes;
  private int count;

  /**
   * Creates a reader of one answer.
   *
   * @param next is given what is left of the answer
   * @param reader reads an item
   * @param place where the items wait for the client to read the rest
   * @param later runs a task so late that the client has long read the rest, or never will
   * @param listener told of the list
   */
  ListBody(
      AsyncBody.Consumer<List<ByteBuffer>> next,
      ObjectReader reader,
      ListedItems place,
      Executor later,
      Listener listener) {
    this.next = next;
    this.reader = reader;
    this.place = place;
    this.later = later;
    this.listener = listener;
    this.page = place.newPage();
  }

  @Override
  public void consume(List<ByteBuffer> arrived, AsyncBody body) throws Exception {
    if (bytes == 0) {
      tell(body, listener);
    }
    ByteArrayOutputStream rest = new ByteArrayOutputStream();
    boolean ended = false;
    for (ByteBuffer part : arrived) {
      byte[] copy = new byte[part.remaining()];
      part.get(copy);
      bytes += copy.length;
      ended |= read(copy, rest);
    }
    keepAround(rest);
    if (ended && count > 0) {
      listener.onList(count, bytes, nextToken());
      readWaiting();
      handOver(body);
    }
    if (rest.size() == 0) {
      // The next consumer would ask for more only if it was given something.
      body.consume();
    } else {
      next.consume(List.of(ByteBuffer.wrap(rest.toByteArray())), body);
    }
  }

  /** Reads bytes, and returns whether the answer ended in them. */
  private boolean read(byte[] arrived, ByteArrayOutputStream rest) throws IOException {
    boolean ended = false;
    int from = 0;
    for (int i = frame.skip(arrived, 0); i < arrived.length; i = frame.skip(arrived, i + 1)) {
      switch (frame.next(arrived[i])) {
        case ITEM_START -> {
          rest.write(arrived, from, i - from);
          from = i;
          item = space.begin();
        }
        case ITEM_END -> {
          end(arrived, from, i + 1 - from, rest);
          from = i + 1;
        }
        case END -> ended = true;
        case INSIDE -> {}
      }
    }
    (item == null ? rest : item).write(arrived, from, arrived.length - from);
    return ended;
  }

  private void end(byte[] arrived, int from, int length, ByteArrayOutputStream rest)
      throws IOException {
    Item whole = item;
    if (whole == null) {
      return;
    }
    whole.write(arrived, from, length);
    item = null;
    String ticket = "\"" + ListedItems.ticket(page, count) + "\"";
    rest.writeBytes(ticket.getBytes(StandardCharsets.US_ASCII));
    count++;
    if (whole.isLarge()) {
      readWaiting();
      items.add(whole.read(reader));
      return;
    }
    batch.add(whole.toByteArray());
    batchBytes += whole.size();
    if (batchBytes >= BATCH) {
      readBatch();
      await(MOST_BATCHES);
    }
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

  /** Keeps what is around the items, all of it or nothing. */
  private void keepAround(ByteArrayOutputStream rest) {
    aroundBytes += rest.size();
    if (aroundBytes <= MOST_AROUND) {
      around.writeBytes(rest.toByteArray());
    } else {
      around.reset();
    }
  }

  private @Nullable String nextToken() {
    Matcher token = TOKEN.matcher(around.toString(StandardCharsets.UTF_8));
    return token.find() ? token.group(1) : null;
  }

  /** Keeps the items for the client, which reads the rest as soon as the body is done. */
  private void handOver(AsyncBody body) {
    place.add(page, items);
    items.clear();
    discardAfter(body, place, page, later);
  }

  private static void tell(AsyncBody body, Listener listener) {
    var unused =
        body.done()
            .whenComplete(
                (done, failure) -> {
                  if (failure != null) {
                    listener.onFailure();
                  }
                });
  }

  // Static, so that what runs later holds nothing of the answer.
  private static void discardAfter(AsyncBody body, ListedItems place, long page, Executor later) {
    var unused =
        body.done()
            .whenComplete(
                (done, failure) -> {
                  Executor when = failure == null ? later : Runnable::run;
                  when.execute(() -> place.discard(page));
                });
  }
}
