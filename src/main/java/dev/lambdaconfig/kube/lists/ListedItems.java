package dev.lambdaconfig.kube.lists;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.api.ResourceDeserializer;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The items of lists that {@link ListBody} has read, until the client has read the rest of their
 * list. In what the client reads, a ticket stands for each item: a JSON string, which no API server
 * sends in the place of a resource. Thread-safe.
 */
final class ListedItems extends JsonDeserializer<LambdaFunctionConfig> {

  private final ResourceDeserializer own;
  private final AtomicLong pages = new AtomicLong();
  private final Map<Long, AtomicReferenceArray<@Nullable LambdaFunctionConfig>> items =
      new ConcurrentHashMap<>();

  /**
   * Creates an empty place.
   *
   * @param own reads a resource that is not replaced by a ticket
   */
  ListedItems(ResourceDeserializer own) {
    this.own = own;
  }

  /** Returns the number of a new page. */
  long newPage() {
    return pages.incrementAndGet();
  }

  /** The ticket of an item. */
  static String ticket(long page, int index) {
    return page + ":" + index;
  }

  /** Keeps the items of a page until the last one is taken, or the page is discarded. */
  void add(long page, List<LambdaFunctionConfig> read) {
    items.put(page, new AtomicReferenceArray<>(read.toArray(LambdaFunctionConfig[]::new)));
  }

  /** Drops what was not taken. */
  void discard(long page) {
    items.remove(page);
  }

  /** The number of items that are kept. */
  long size() {
    return items.values().stream()
        .mapToLong(
            page -> IntStream.range(0, page.length()).filter(i -> page.get(i) != null).count())
        .sum();
  }

  private @Nullable LambdaFunctionConfig take(String ticket) {
    int colon = ticket.indexOf(':');
    if (colon < 0) {
      return null;
    }
    long page;
    int index;
    try {
      page = Long.parseLong(ticket, 0, colon, 10);
      index = Integer.parseInt(ticket, colon + 1, ticket.length(), 10);
    } catch (NumberFormatException e) {
      return null;
    }
    AtomicReferenceArray<@Nullable LambdaFunctionConfig> read = items.get(page);
    if (read == null || index < 0 || index >= read.length()) {
      return null;
    }
    if (index == read.length() - 1) {
      items.remove(page);
    }
    return read.getAndSet(index, null);
  }

  @Override
  public @Nullable LambdaFunctionConfig deserialize(
      JsonParser parser, DeserializationContext context) throws IOException {
    if (parser.currentToken() != JsonToken.VALUE_STRING) {
      return own.deserialize(parser, context);
    }
    LambdaFunctionConfig item = take(parser.getText());
    if (item == null) {
      throw MismatchedInputException.from(
          parser, LambdaFunctionConfig.class, "an item of a list is not known any more");
    }
    return item;
  }
}
