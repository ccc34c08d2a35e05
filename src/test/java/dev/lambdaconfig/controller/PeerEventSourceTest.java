package dev.lambdaconfig.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.api.LambdaFunctionConfig;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.Cache;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is made of the changes of resources, whatever pass they bring. */
final class PeerEventSourceTest {

  private static final String RELEASE = "lambdaconfig.dev/resume-updates-at";

  private static final Cache<LambdaFunctionConfig> EMPTY =
      new Cache<>() {
        @Override
        public Optional<LambdaFunctionConfig> get(ResourceID id) {
          return Optional.empty();
        }

        @Override
        public Stream<ResourceID> keys() {
          return Stream.empty();
        }

        @Override
        public Stream<LambdaFunctionConfig> list(Predicate<LambdaFunctionConfig> condition) {
          return Stream.empty();
        }
      };

  private final List<String> deleted = new ArrayList<>();
  private final List<String> wished = new ArrayList<>();
  private final PeerEventSource watch =
      new PeerEventSource(
          resource -> true,
          resource -> List.of(),
          EMPTY,
          () -> {},
          resource -> deleted.add(resource.getMetadata().getUid()),
          resource -> wished.add(resource.getMetadata().getUid()));

  @Test
  void anotherResourceOfTheSameNameIsTheDeletionOfTheOneBefore() {
    // When: the watch was interrupted, and the list after it shows both changes as one
    watch.onResourceUpdated(resource("new", "1"), resource("old", null));

    // Then
    assertThat(deleted).containsExactly("old");
    assertThat(wished).as("a wish that came with the resource is none").isEmpty();
  }

  @Test
  void andItBringsAPass() {
    // When
    UpdateFilter filter = new UpdateFilter((now, before) -> false);

    // Then
    assertThat(filter.accept(resource("new", null), resource("old", null))).isTrue();
    assertThat(filter.accept(resource("old", null), resource("old", null))).isFalse();
  }

  @Test
  void aChangedAnnotationIsAWishAndOneThatStaysIsNone() {
    // When
    watch.onResourceUpdated(resource("a", "1"), resource("a", null));
    watch.onResourceUpdated(resource("b", "2"), resource("b", "1"));
    watch.onResourceUpdated(resource("c", "1"), resource("c", "1"));
    watch.onResourceUpdated(resource("d", null), resource("d", "1"));
    watch.onResourceCreated(resource("e", "1"));

    // Then
    assertThat(wished).containsExactly("a", "b");
    assertThat(deleted).isEmpty();
  }

  private static LambdaFunctionConfig resource(String uid, @Nullable String release) {
    LambdaFunctionConfig resource = new LambdaFunctionConfig();
    resource.setMetadata(
        new ObjectMetaBuilder()
            .withName("orders")
            .withNamespace("team-a")
            .withUid(uid)
            .withGeneration(1L)
            .withAnnotations(release == null ? Map.of() : Map.of(RELEASE, release))
            .build());
    return resource;
  }
}
