package dev.lambdaconfig.kube.reading;

import com.fasterxml.jackson.databind.ObjectReader;
import dev.lambdaconfig.api.LambdaFunctionConfig;
import io.fabric8.kubernetes.client.http.AsyncBody;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
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

  /** Told of each list that was read to its end, and of each that broke off. */
  interface Listener {

    /** Called at the end of a list of so many items and bytes. */
    void onList(int items, long bytes);

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

    LambdaFunctionConfig read(ObjectReader reader) throws IOException {
      // From bytes, the parser reads through a decoder with a buffer of 8 KB.
      return count > LARGE
          ? reader.readValue(buf, 0, count)
          : reader.readValue(toString(StandardCharsets.UTF_8));
    }
  }

  private final AsyncBody.Consumer<List<ByteBuffer>> next;
  private final ObjectReader reader;
  private final ListedItems place;
  private final Executor later;
  private final Listener listener;

  private final ListFrame frame = new ListFrame();
  private final List<LambdaFunctionConfig> items = new ArrayList<>();
  private final long page;
  private final Item space = new Item();

  /** The item that is arriving, or null between two of them. */
  private @Nullable Item item;

  private long bytes;

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
    if (ended && !items.isEmpty()) {
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
    String ticket = "\"" + ListedItems.ticket(page, items.size()) + "\"";
    items.add(whole.read(reader));
    rest.writeBytes(ticket.getBytes(StandardCharsets.US_ASCII));
  }

  /** Keeps the items for the client, which reads the rest as soon as the body is done. */
  private void handOver(AsyncBody body) {
    int size = items.size();
    place.add(page, List.copyOf(items));
    items.clear();
    listener.onList(size, bytes);
    discardAfter(body, place, page, size, later);
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
  private static void discardAfter(
      AsyncBody body, ListedItems place, long page, int size, Executor later) {
    var unused =
        body.done()
            .whenComplete(
                (done, failure) -> {
                  Executor when = failure == null ? later : Runnable::run;
                  when.execute(() -> place.discard(page, size));
                });
  }
}
