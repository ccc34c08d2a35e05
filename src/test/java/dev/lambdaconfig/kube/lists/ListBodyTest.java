package dev.lambdaconfig.kube.lists;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.hostile.HostileCases;
import dev.lambdaconfig.hostile.HostileManifest;
import dev.lambdaconfig.kube.reading.StrippedSerialization;
import io.fabric8.kubernetes.api.model.DefaultKubernetesResourceList;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lists that are read as they arrive have the items that they have when read as a whole. */
final class ListBodyTest {

  private static final TypeReference<DefaultKubernetesResourceList<LambdaFunctionConfig>> LIST =
      new TypeReference<>() {};

  private static final String ORDERS = item("u-1", "{\"functionName\":\"ordérs\",\"timeout\":30}");
  private static final String BROKEN = item("u-2", "{\"functionName\":\"a\",\"timeout\":\"x\"}");
  private static final String QUOTED =
      item(
          "u-3",
          "{\"functionName\":\"b\",\"description\":\"\\\\\\\" ]}, [{ \\\\\",\"items\":[{},[{}]]}");

  private static final String SHORT =
      """
      {"apiVersion":"lambdaconfig.dev/v1alpha1","items":[%s,%s, %s],"kind":"LambdaFunctionConfigList",
       "metadata":{"continue":"next-page","resourceVersion":"77","remainingItemCount":3}}
      """
          .formatted(ORDERS, BROKEN, QUOTED);

  private final List<Runnable> later = new ArrayList<>();
  private final StreamedLists lists = new StreamedLists(later::add, later::add);
  private final KubernetesSerialization whole = StrippedSerialization.create();

  private ArrivingList answer() {
    return new ArrivingList(lists);
  }

  private static String item(String uid, String spec) {
    return """
    {"apiVersion":"lambdaconfig.dev/v1alpha1","kind":"LambdaFunctionConfig","metadata":{"name":"n",\
    "uid":"%s","resourceVersion":"7","managedFields":[{"manager":"items"}]},"spec":%s,\
    "status":{"observedGeneration":3}}\
    """
        .formatted(uid, spec);
  }

  @Test
  void aListIsReadInTwoPiecesSplitAnywhere() throws Exception {
    DefaultKubernetesResourceList<LambdaFunctionConfig> expected = whole.unmarshal(SHORT, LIST);
    byte[] bytes = SHORT.getBytes(StandardCharsets.UTF_8);
    for (int split = 0; split <= bytes.length; split++) {
      // When
      ArrivingList answer = answer();
      answer.arrives(bytes, 0, split);
      answer.arrives(bytes, split, bytes.length);

      // Then
      DefaultKubernetesResourceList<LambdaFunctionConfig> read = answer.read();
      assertThat(read.getItems()).as("split at " + split).isEqualTo(expected.getItems());
      assertThat(read.getMetadata()).isEqualTo(expected.getMetadata());
      assertThat(lists.items().size()).isZero();
    }
    assertThat(requireNonNull(expected.getItems().get(1).getSpec()).unreadable())
        .contains("timeout");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 16_384})
  void hostileItemsAreReadInPiecesAsTheyAreReadWhole(int size) {
    HostileCases.of("listed resources", 40)
        .run(
            (seed, random) -> {
              String text =
                  random
                      .ints(1 + random.nextInt(4))
                      .mapToObj(each -> hostile(each))
                      .collect(Collectors.joining(",", "{\"items\":[", "],\"metadata\":{}}"));
              byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
              ArrivingList answer = answer();
              for (int from = 0; from < bytes.length; from += size) {
                answer.arrives(bytes, from, Math.min(bytes.length, from + size));
              }
              assertThat(answer.read().getItems())
                  .usingRecursiveComparison()
                  .isEqualTo(whole.unmarshal(new ByteArrayInputStream(bytes), LIST).getItems());
              assertThat(lists.items().size()).isZero();
              return "equal";
            });
  }

  private static String hostile(long seed) {
    HostileManifest manifest = new HostileManifest(seed, new Random(seed), "f");
    return "{\"metadata\":{\"name\":\"n\",\"uid\":\"u%d\",\"resourceVersion\":\"1\",\"annotations\":%s},\"spec\":%s,\"status\":%s}"
        .formatted(seed, manifest.annotations(), manifest.specText(), manifest.statusText());
  }

  @Test
  void onlyTheRestOfTheListIsPassedOn() throws Exception {
    ArrivingList answer = answer().arrives("{\"items\":[" + ORDERS + "," + QUOTED + "]}\n");

    assertThat(answer.passedOn()).matches("\\{\"items\":\\[\"\\d+:0\",\"\\d+:1\"]}\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "  \n",
        "404 page not found\n",
        "<html lang=\"en\"><body>{[}</body></html>",
        "\u001f\u008b\u0008\u0000\"{[{",
        "[1, {\"items\": 5}]",
        "{\"items\":[]}",
        "{\"items\":null,\"metadata\":{\"items\":[{\"a\":[{}]}]}}",
        "{\"details\":{\"items\":[{\"a\":1}]},\"kind\":\"Status\",\"code\":410,\"a\":\"items\"}",
        "{\"kind\":\"Status\",\"message\":\"\\\"items\\\":[{}]\",\"causes\":[{\"items\":[{}]}]}",
        "{\"kind\":\"Status\",\"items\":\"items\",\"other\":[{\"a\":1}]}"
      })
  void whatIsNoListPassesUnchanged(String text) throws Exception {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    for (int split = 0; split <= bytes.length; split++) {
      ArrivingList answer = answer();
      answer.arrives(bytes, 0, split);
      answer.arrives(bytes, split, bytes.length);

      assertThat(answer.passedOn()).isEqualTo(text);
      assertThat(lists.items().size()).isZero();
    }
  }

  @Test
  void aListThatBreaksOffFailsAndLeavesNothing() throws Exception {
    String text = SHORT.strip();
    for (int end = 1; end < text.length(); end++) {
      ArrivingList answer = answer().arrives(text.substring(0, end));

      assertThatThrownBy(answer::read).as("ends at " + end).isInstanceOf(Exception.class);
      assertThat(lists.items().size()).isZero();
    }
  }

  @Test
  void anItemThatIsNoJsonFailsTheList() {
    assertThatThrownBy(() -> answer().arrives("{\"items\":[" + ORDERS + ",{\"metadata\":secret}]}"))
        .isInstanceOf(IOException.class);
    assertThat(lists.items().size()).isZero();
  }

  @Test
  void aConnectionThatBreaksAfterTheListLeavesNothing() throws Exception {
    ArrivingList answer = answer().arrives(SHORT);
    assertThat(lists.items().size()).isEqualTo(3);

    answer.done().completeExceptionally(new IOException("reset"));

    assertThat(lists.items().size()).isZero();
  }

  @Test
  void aListThatTheClientDoesNotReadIsDiscardedLater() throws Exception {
    // Given
    ArrivingList unread = answer().arrives("{\"items\":[" + ORDERS + "]}");
    unread.done().complete(null);
    assertThat(lists.items().size()).isOne();

    // When
    later.forEach(Runnable::run);

    // Then
    assertThat(lists.items().size()).isZero();
    assertThatThrownBy(unread::read).hasStackTraceContaining("not known any more");
  }

  @Test
  void theSameVersionsInTwoListsAtOnceStayApart() throws Exception {
    ArrivingList one = answer().arrives(SHORT);
    ArrivingList other = answer().arrives(SHORT);

    assertThat(other.read().getItems()).isEqualTo(one.read().getItems()).hasSize(3);
  }
}
