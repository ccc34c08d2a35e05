package dev.lambdaconfig.api;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads a status field by field, and its lists item by item. Whatever cannot be read or is
 * incomplete is left out, or marked, and written again by the operator. Statuses are untrusted
 * input: anybody with the permission can have written one. The rest of the operator relies on what
 * is returned here.
 */
final class LenientStatusDeserializer extends JsonDeserializer<LambdaFunctionConfigStatus> {

  /**
   * The bounds of one value, above what the operator writes: the largest values repeat a spec or a
   * function.
   */
  private static final BoundedTree.Bounds VALUE = new BoundedTree.Bounds(1 << 16, 5000, 32);

  /** Maximum number of characters that are kept of a status. */
  private static final int CHARACTERS = 1 << 18;

  private static final int ITEMS = 1000;

  /**
   * The last instant that RFC 3339 can express and the API server accepts; a later one is invalid.
   */
  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

  /**
   * Stands for all conditions that cannot be read: others read them, so a status that has one is
   * not as the operator wrote it.
   */
  private static final StatusCondition UNREADABLE =
      new StatusCondition(
          "Unreadable", "Unknown", null, Instant.EPOCH.toString(), "Unreadable", "");

  /** The texts that were read last, and whether they are times. */
  private static final RecentValues<String, Boolean> TIMES = new RecentValues<>(8);

  private static final int LONGEST_TIME = 32;

  private static final RecentStrings STRINGS = new RecentStrings(SharedStrings.LONGEST);

  static final ObjectMapper SHARING =
      JsonMapper.builder(StoredJson.factory())
          .addModule(new SimpleModule().addDeserializer(String.class, new SharedStrings(STRINGS)))
          .build();

  /** A field of the status, and its type. */
  private record Place(Field field, JavaType type) {}

  private static final Map<String, Place> PLACES =
      Arrays.stream(LambdaFunctionConfigStatus.class.getFields())
          .filter(field -> !Modifier.isStatic(field.getModifiers()))
          .map(
              field ->
                  new Place(field, SHARING.getTypeFactory().constructType(field.getGenericType())))
          .collect(Collectors.toMap(place -> place.field().getName(), Function.identity()));

  @Override
  public LambdaFunctionConfigStatus deserialize(JsonParser parser, DeserializationContext context)
      throws IOException {
    LambdaFunctionConfigStatus status = new LambdaFunctionConfigStatus();
    if (!parser.isExpectedStartObjectToken()) {
      parser.skipChildren();
      return status;
    }
    Budget budget = new Budget();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      Place place = PLACES.get(parser.currentName());
      parser.nextToken();
      if (place == null) {
        parser.skipChildren();
      } else if (place.type().isCollectionLikeType()) {
        set(status, place, items(parser, place.type().getContentType(), budget));
      } else {
        set(status, place, value(parser, place.type(), budget));
      }
    }
    return status;
  }

  /** The number of characters that can still be kept of a status. */
  private static final class Budget {
    private long characters = CHARACTERS;

    boolean takes(BoundedTree.Reading reading) {
      return reading.fault() == null && takes(reading.characters());
    }

    boolean takes(long more) {
      if (more > characters) {
        return false;
      }
      characters -= more;
      return true;
    }
  }

  private static @Nullable List<Object> items(JsonParser parser, JavaType type, Budget budget)
      throws IOException {
    if (!parser.isExpectedStartArrayToken()) {
      parser.skipChildren();
      return null;
    }
    List<Object> items = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (items.size() == ITEMS) {
        parser.skipChildren();
        continue;
      }
      Object item = value(parser, type, budget);
      if (item != null) {
        items.add(item);
      } else if (type.getRawClass() == StatusCondition.class && !items.contains(UNREADABLE)) {
        items.add(UNREADABLE);
      }
    }
    return items;
  }

  private static @Nullable Object value(JsonParser parser, JavaType type, Budget budget)
      throws IOException {
    if (parser.currentToken() == JsonToken.VALUE_STRING && type.hasRawClass(String.class)) {
      return text(parser, budget);
    }
    BoundedTree.Reading reading = BoundedTree.read(parser, VALUE);
    JsonNode tree = reading.tree();
    if (tree == null || !budget.takes(reading)) {
      return null;
    }
    try {
      dropNulls(tree);
      Object value = SHARING.treeToValue(tree, type);
      return meansSomething(value) ? value : null;
    } catch (JsonProcessingException e) {
      return null;
    }
  }

  /** Reads a string, which most values of a status are, as its tree would be read. */
  private static @Nullable String text(JsonParser parser, Budget budget) throws IOException {
    int characters = 1 + parser.getTextLength();
    return characters <= VALUE.characters() && budget.takes(characters)
        ? STRINGS.shared(parser.getText())
        : null;
  }

  private static void dropNulls(JsonNode tree) {
    if (tree instanceof ArrayNode array) {
      array.removeNulls();
    }
    tree.forEach(LenientStatusDeserializer::dropNulls);
  }

  /** Whether a value has all that its readers rely on. */
  @SuppressWarnings("ConstantValue")
  private static boolean meansSomething(@Nullable Object value) {
    return switch (value) {
      case null -> false;
      case StatusCondition condition ->
          present(condition.type(), condition.status(), condition.reason(), condition.message())
              && isTime(condition.lastTransitionTime());
      case UpdateRecord update -> update.outcome() != null && isTime(update.time());
      case BaselineField field -> present(field.path());
      case DriftedField field -> present(field.path());
      case IgnoredField field -> present(field.path());
      case OwnedEntries owned -> present(owned.path());
      default -> true;
    };
  }

  private static boolean present(@Nullable Object... values) {
    return Arrays.stream(values).allMatch(value -> value != null);
  }

  /**
   * Whether a text is an instant of a plausible year: a duration of a billion years overflows when
   * it is converted to milliseconds.
   */
  private static boolean isTime(@Nullable String text) {
    if (text == null) {
      return false;
    }
    // Most resources were updated at the same few times, and parsing takes longer than all else.
    Boolean recent = TIMES.get(text);
    if (recent == null) {
      recent = isPlausible(text);
      if (text.length() <= LONGEST_TIME) {
        TIMES.put(text, recent);
      }
    }
    return recent;
  }

  private static boolean isPlausible(String text) {
    try {
      Instant time = Instant.parse(text);
      return !time.isBefore(Instant.EPOCH) && !time.isAfter(LAST);
    } catch (DateTimeException e) {
      return false;
    }
  }

  private static void set(LambdaFunctionConfigStatus status, Place place, @Nullable Object value) {
    try {
      place.field().set(status, value);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException("the fields of a status are public", e);
    }
  }
}
