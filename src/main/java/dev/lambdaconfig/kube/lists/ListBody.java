package dev.lambdaconfig.kube.lists;

import com.fasterxml.jackson.databind.ObjectReader;
import io.fabric8.kubernetes.client.http.AsyncBody;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
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
 * small values would take many times as much.
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

    /** Told of nothing that matters. */
    Listener NONE =
        new Listener() {
          @Override
          public void onList(int items, long bytes, @Nullable String next) {}

          @Override
          public void onFailure() {}
        };
  }

  /** The bytes of what is around the items that are searched for the token of the next page. */
  private static final int MOST_AROUND = 1 << 16;

  /** A tenant's text is in items only. */
  private static final Pattern TOKEN = Pattern.compile("\"continue\"\\s*:\\s*\"([^\"\\\\]+)\"");

  private final AsyncBody.Consumer<List<ByteBuffer>> next;
  private final ItemBatches items;
  private final ListedItems place;
  private final Executor later;
  private final Listener listener;

  private final ListFrame frame = new ListFrame();
  private final ByteArrayOutputStream around = new ByteArrayOutputStream();
  private final long page;
  private final ItemBytes space = new ItemBytes();

  /** The item that is arriving, or null between two of them. */
  private @Nullable ItemBytes item;

  private boolean ended;
  private boolean handedOver;
  private long bytes;
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
    this.items = new ItemBatches(reader);
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
    for (ByteBuffer part : arrived) {
      byte[] copy = new byte[part.remaining()];
      part.get(copy);
      bytes += copy.length;
      read(copy, rest);
    }
    keepAround(rest);
    if (ended && count > 0 && !handedOver) {
      handedOver = true;
      listener.onList(count, bytes, nextToken());
      place.add(page, items.take());
      discardAfter(body, place, page, later);
    }
    if (rest.size() == 0) {
      // The next consumer would ask for more only if it was given something.
      body.consume();
    } else {
      next.consume(List.of(ByteBuffer.wrap(rest.toByteArray())), body);
    }
  }

  /** Whether the list has arrived to its end. */
  boolean hasEnded() {
    return ended;
  }

  private void read(byte[] arrived, ByteArrayOutputStream rest) throws IOException {
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
  }

  private void end(byte[] arrived, int from, int length, ByteArrayOutputStream rest)
      throws IOException {
    ItemBytes whole = item;
    if (whole == null) {
      return;
    }
    whole.write(arrived, from, length);
    item = null;
    String ticket = "\"" + ListedItems.ticket(page, count) + "\"";
    rest.writeBytes(ticket.getBytes(StandardCharsets.US_ASCII));
    count++;
    items.add(whole);
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
