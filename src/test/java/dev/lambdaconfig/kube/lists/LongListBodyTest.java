package dev.lambdaconfig.kube.lists;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.api.ResourceDeserializer;
import dev.lambdaconfig.kube.reading.StrippedSerialization;
import io.fabric8.kubernetes.api.model.DefaultKubernetesResourceList;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lists whose items are read in many threads, and what is told of them. */
final class LongListBodyTest {

  /** Items of which a dozen are read in one thread. */
  private static final int SHORT = 5_000;

  /** The size of an item that is not read together with others. */
  private static final int LARGE = 70_000;

  private static final String NEXT_PAGE =
      "\"metadata\":{\"continue\":\"next-page\",\"resourceVersion\":\"77\"}";
  private static final String EVIL = "\\\"continue\\\":\\\"evil\\\"";

  /** What the listener is told of a list. */
  private record Told(int items, long bytes, @Nullable String next) {}

  private final ResourceDeserializer resources = StrippedSerialization.resources();
  private final ListedItems place = new ListedItems(resources);
  private final ObjectMapper mapper = StrippedSerialization.mapper(resources, place);
  private final List<Runnable> later = new ArrayList<>();
  private final List<Told> told = new ArrayList<>();
  private int failures;

  private ArrivingList answer() {
    ListBody.Listener listener =
        new ListBody.Listener() {
          @Override
          public void onList(int items, long bytes, @Nullable String next) {
            told.add(new Told(items, bytes, next));
          }

          @Override
          public void onFailure() {
            failures++;
          }
        };
    return new ArrivingList(
        StrippedSerialization.create(mapper),
        next ->
            new ListBody(
                next, mapper.readerFor(LambdaFunctionConfig.class), place, later::add, listener));
  }

  /** An item of so many bytes, and some more. */
  private static String item(int index, int bytes) {
    return "{\"metadata\":{\"name\":\"n-%d\"},\"spec\":{\"functionName\":\"f\",\"description\":\"%s\"}}"
        .formatted(index, "x".repeat(bytes));
  }

  private static String list(List<String> items) {
    return "{\"items\":[" + String.join(",", items) + "]," + NEXT_PAGE + "}";
  }

  private static List<String> items(int count, int everyLarge) {
    return IntStream.range(0, count)
        .mapToObj(index -> item(index, index % everyLarge == everyLarge - 1 ? LARGE : SHORT))
        .toList();
  }

  private static List<String> names(DefaultKubernetesResourceList<LambdaFunctionConfig> list) {
    return list.getItems().stream().map(each -> each.getMetadata().getName()).toList();
  }

  @ParameterizedTest
  @ValueSource(ints = {Integer.MAX_VALUE, 100, 7})
  void theItemsOfALongListKeepTheirOrder(int everyLarge) throws Exception {
    // Given
    String text = list(items(500, everyLarge));

    // When
    DefaultKubernetesResourceList<LambdaFunctionConfig> read =
        answer().arrivesInParts(text, 16_384).read();

    // Then
    assertThat(names(read))
        .containsExactlyElementsOf(
            IntStream.range(0, 500).mapToObj(index -> "n-" + index).toList());
    assertThat(read.getMetadata().getContinue()).isEqualTo("next-page");
    assertThat(told).containsExactly(new Told(500, text.length(), "next-page"));
    assertThat(place.size()).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 250, 499})
  void oneItemThatIsNoJsonFailsALongList(int broken) {
    // Given
    List<String> items = new ArrayList<>(items(500, Integer.MAX_VALUE));
    items.set(broken, items.get(broken).replace("\"f\"", "secret"));
    ArrivingList answer = answer();

    // When
    assertThatThrownBy(() -> answer.arrivesInParts(list(items), 16_384))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("secret");
    answer.cancel();

    // Then
    assertThat(place.size()).isZero();
    assertThat(later).isEmpty();
    assertThat(failures).isOne();
  }

  @Test
  void oneLargeItemThatIsNoJsonFailsALongList() {
    List<String> items = new ArrayList<>(items(100, Integer.MAX_VALUE));
    items.set(50, item(50, LARGE).replace("\"f\"", "secret"));

    assertThatThrownBy(() -> answer().arrivesInParts(list(items), 16_384))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("secret");
    assertThat(place.size()).isZero();
    assertThat(told).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"items\":[%1$s],%2$s}",
        "{\"kind\":\"List\",%2$s,\"items\":[%1$s]}",
        "{ \"metadata\" : { \"continue\" : \"next-page\" } , \"items\" : [ %1$s ] }"
      })
  void theTokenIsFoundBeforeTheItemsAndAfterThem(String list) throws Exception {
    String text = list.formatted(item(0, 10) + "," + item(1, 10), NEXT_PAGE);
    for (int size : new int[] {1, 7, text.length()}) {
      told.clear();

      answer().arrivesInParts(text, size);

      assertThat(told)
          .as("parts of " + size)
          .containsExactly(new Told(2, text.length(), "next-page"));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"items\":[%s],\"metadata\":{\"resourceVersion\":\"77\"}}",
        "{\"metadata\":{\"continue\":\"\",\"resourceVersion\":\"77\"},\"items\":[%s]}",
        "{\"items\":[%s]}"
      })
  void theLastPageHasNoTokenWhateverItsItemsSay(String list) throws Exception {
    String evil =
        "{\"metadata\":{\"name\":\"a\",\"continue\":\"evil\"},\"continue\":\"evil\","
            + "\"spec\":{\"functionName\":\"f\",\"description\":\""
            + EVIL
            + "\"}}";
    for (int size : new int[] {1, 16_384}) {
      told.clear();

      answer().arrivesInParts(list.formatted(evil), size);

      assertThat(told).hasSize(1).extracting(Told::next).containsOnlyNulls();
    }
  }

  @Test
  void theTokenIsThatOfTheListWhateverItsItemsSay() throws Exception {
    String evil = item(0, 10).replace("xxx", "\"continue\":\"evil\"".replace("\"", "\\\""));
    assertThat(evil).contains(EVIL);

    answer().arrives(list(List.of(evil, evil)));

    assertThat(told).extracting(Told::next).containsExactly("next-page");
  }

  @Test
  void anAnswerWithoutItemsIsNotTold() throws Exception {
    answer().arrives("{\"items\":[]," + NEXT_PAGE + "}");

    assertThat(told).isEmpty();
  }
}
