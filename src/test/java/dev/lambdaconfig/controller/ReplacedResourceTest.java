package dev.lambdaconfig.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.controller.trigger.PeerEventSource;
import dev.lambdaconfig.debug.StateSizes;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A resource that was deleted and made anew while the watch was interrupted. */
final class ReplacedResourceTest {

  private static final String SPEC = "{functionName: fn, timeout: 9}";

  private final InMemoryController controller = new InMemoryController();
  private final PeerEventSource peers = controller.eventSource(PeerEventSource.class);

  @AfterEach
  void stop() {
    controller.module.close();
  }

  private LambdaFunctionConfig create(String name) {
    LambdaFunctionConfig resource = controller.create("team", name, SPEC);
    peers.onResourceCreated(resource);
    return resource;
  }

  @Test
  void competesForItsFunctionLikeAnyOther() {
    // Given
    controller.aws.create("fn", "{Timeout: 3}");
    LambdaFunctionConfig first = create("first");
    List<LambdaFunctionConfig> others = List.of(create("second"), create("third"));
    controller.reconcile(first);
    others.forEach(controller::reconcile);
    assertThat(members()).isEqualTo(3);

    // When
    LambdaFunctionConfig replaced = controller.store("team", "first", Serialization.clone(first));
    peers.onResourceUpdated(replaced, first);

    // Then: also where no reconcile has looked at it yet
    assertThat(members()).isEqualTo(3);
    controller.reconcile(others.getFirst()).reconcile(replaced);
    assertThat(controller.conditions(others.getFirst())).doesNotContain("Conflict");
    assertThat(controller.conditions(replaced)).contains("Conflict");
  }

  private long members() {
    StateSizes sizes = new StateSizes();
    controller.module.sizes(sizes);
    return sizes.byName().getOrDefault("Contest.members", 0L);
  }
}
