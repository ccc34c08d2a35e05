package dev.lambdaconfig.feature;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.simulator.FaultScript;
import dev.lambdaconfig.simulator.FunctionSeed;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever a resource holds goes with it, at whichever step of a reconcile it is deleted. */
final class DeletedResourceIT {

  private static final String NAME = "orders-config";
  private static final String FUNCTION = "orders";
  private static final String REFUSED = "InvalidParameterValueException";

  /** Sooner than any place is given up by itself. */
  private static final Duration AT_ONCE = Duration.ofSeconds(60);

  @RegisterExtension
  final OperatorExtension operator = OperatorExtension.sweepingEverySecond().startedByTest();

  private final ResourceClient resources = operator.resources();

  /** Where the resource is in its reconcile. */
  enum Step {
    AT_REST {
      @Override
      void reach(DeletedResourceIT test) {
        test.apply(30);
        test.resources.awaitReady(NAME);
        test.awaitHeldAt("Observations");
      }
    },
    UNREADABLE {
      @Override
      void reach(DeletedResourceIT test) {
        test.operator.aws().faults().onReads().always().thenThrottle();
        test.apply(30);
        test.awaitHeldAt("Passes.memories");
      }
    },
    BEING_READ {
      @Override
      void reach(DeletedResourceIT test) {
        test.operator
            .aws()
            .faults()
            .onReads()
            .of(FUNCTION)
            .thenMeanwhile(test::deleteAndBeForgotten);
        test.apply(30);
        test.resources.awaitGone(NAME);
      }
    },
    WAITING_FOR_A_TOKEN {
      @Override
      void reach(DeletedResourceIT test) throws Exception {
        // Each of the others takes one before, at one in two seconds.
        test.inSync();
        Fleet others = test.others("timeout: 30", 12);
        others.awaitReady();
        test.operator.stop();
        test.operator.start(test.operator.options().withAwsMaxRequestsPerSecond(0.5));
        others.apply("timeout: 31");
        test.apply(31);
        test.awaitHeldAt("Places.places");
        test.resources.awaitReason(NAME, "Updating");
      }
    },
    BEING_UPDATED {
      @Override
      void reach(DeletedResourceIT test) {
        test.inSync();
        test.updates().thenMeanwhile(test::deleteAndBeForgotten);
        test.apply(31);
        test.resources.awaitGone(NAME);
      }
    },
    BEING_REFUSED {
      @Override
      void reach(DeletedResourceIT test) {
        test.inSync();
        test.operator
            .aws()
            .faults()
            .onUpdates()
            .of(FUNCTION)
            .thenMeanwhile(test::deleteAndBeForgotten);
        test.updates().thenAnswer(400, REFUSED, "No");
        test.apply(31);
        test.resources.awaitGone(NAME);
      }
    },
    SETTLING {
      @Override
      void reach(DeletedResourceIT test) {
        test.inSync();
        test.updates().thenHoldUpdate();
        test.apply(31);
        test.awaitHeldAt("ConcurrencyLimit.unsettled");
      }
    },
    WAITING_FOR_OTHERS_TO_SETTLE {
      @Override
      void reach(DeletedResourceIT test) throws Exception {
        test.inSync();
        test.operator.aws().faults().onUpdates().always().thenHoldUpdate();
        test.others("timeout: 31", 12);
        Awaitility.await()
            .atMost(Fleet.PATIENCE)
            .until(() -> test.operator.aws().requests().updates().size() == 10);
        test.apply(31);
        test.resources.awaitReason(NAME, "Updating");
      }
    },
    PAUSED {
      @Override
      void reach(DeletedResourceIT test) throws Exception {
        test.inSync();
        test.operator.aws().faults().onUpdates().always().thenAnswer(400, REFUSED, "No");
        test.others("timeout: 31", 12);
        test.apply(31);
        test.resources.await(
            NAME,
            "to have failed or to be paused",
            resource -> Set.of(REFUSED, "UpdatesPaused").contains(Tenant.readyReason(resource)));
      }
    },
    PROBING {
      @Override
      void reach(DeletedResourceIT test) throws Exception {
        test.inSync();
        test.updates().thenHoldUpdate();
        Fleet others = test.others("timeout: 30", 12);
        others.awaitReady();
        for (String name : others.names()) {
          test.operator.aws().faults().onUpdates().of(name).always().thenAnswer(400, REFUSED, "No");
        }
        others.apply("timeout: 31");
        others.await(
            "to have failed or to be paused",
            resource -> Set.of(REFUSED, "UpdatesPaused").contains(Tenant.readyReason(resource)));
        test.apply(31);
        test.resources.awaitReason(NAME, "UpdatesPaused");
        test.resources
            .resource(NAME)
            .edit(
                resource -> {
                  resource
                      .getMetadata()
                      .getAnnotations()
                      .put("lambdaconfig.dev/reconcile-requested-at", "1");
                  return resource;
                });
        test.awaitHeldAt("CircuitBreaker.probe");
      }
    },
    STALLED {
      @Override
      void reach(DeletedResourceIT test) {
        test.inSync();
        test.updates().thenAnswer(400, REFUSED, "No");
        test.apply(31);
        test.resources.awaitStalled(NAME, REFUSED);
        test.awaitHeldAt("UpdateWindow");
      }
    },
    RETRYING {
      @Override
      void reach(DeletedResourceIT test) {
        test.inSync();
        test.updates().thenAnswer(500, "ServiceException", "Later");
        test.apply(31);
        test.resources.awaitReason(NAME, "ServiceException");
      }
    },
    FAILING_TO_SETTLE {
      @Override
      void reach(DeletedResourceIT test) {
        test.inSync();
        test.updates().thenFailUpdate("The subnet is full", "SubnetOutOfIPAddresses");
        test.apply(31);
        test.resources.awaitReason(NAME, "SubnetOutOfIPAddresses");
      }
    },
    SUSPENDED {
      @Override
      void reach(DeletedResourceIT test) {
        test.inSync();
        test.apply("functionName: orders\ntimeout: 31\nsuspend: true");
        Events.await(test.operator, NAME, "Suspended");
      }
    },
    RESTORED {
      @Override
      void reach(DeletedResourceIT test) {
        test.apply(
            """
            functionName: orders
            deletionPolicy: Restore
            timeout: 31
            environment: {variables: {LEVEL: x}}\
            """);
        test.resources.awaitReady(NAME);
      }
    };

    /** Brings the resource there; may delete it itself. */
    abstract void reach(DeletedResourceIT test) throws Exception;
  }

  @ParameterizedTest
  @EnumSource
  void nothingIsHeldOfAResourceThatIsGone(Step step) throws Exception {
    // Given
    operator.aws().createFunction(FunctionSeed.zip(FUNCTION).with("Timeout", 30));
    operator.start();
    step.reach(this);
    LambdaFunctionConfig resource = Objects.requireNonNull(applied);
    boolean deleted = resources.resource(NAME).get() == null;
    Set<String> before = HeldReferences.of(operator.running(), resource);

    // When
    resources.resource(NAME).delete();
    resources.awaitGone(NAME);

    // Then
    assertThat(deleted || !before.isEmpty()).as("something was held").isTrue();
    awaitNothingHeld(resource);
  }

  @ParameterizedTest
  @EnumSource
  void norOfOneThatIsMadeAnewUnderItsName(Step step) throws Exception {
    // Given
    operator.aws().createFunction(FunctionSeed.zip(FUNCTION).with("Timeout", 30));
    operator.start();
    step.reach(this);
    LambdaFunctionConfig resource = Objects.requireNonNull(applied);

    // When
    resources.resource(NAME).delete();
    resources.awaitGone(NAME);
    LambdaFunctionConfig anew = resources.apply(NAME, "functionName: orders\ntimeout: 31");

    // Then: it is looked at for itself
    assertThat(anew.getMetadata().getUid()).isNotEqualTo(resource.getMetadata().getUid());
    resources.await(
        NAME, "to say what is so", now -> !Tenant.readyReason(now).equals("(not told)"));
    Awaitility.await("nothing to be held of the one before")
        .atMost(AT_ONCE)
        .untilAsserted(
            () -> assertThat(HeldReferences.ofUid(operator.running(), resource)).isEmpty());
  }

  private @Nullable LambdaFunctionConfig applied;

  private void inSync() {
    apply(30);
    resources.awaitReady(NAME);
  }

  private void apply(int timeout) {
    apply("functionName: orders\ntimeout: " + timeout);
  }

  private void apply(String spec) {
    applied = resources.apply(NAME, spec);
  }

  private FaultScript updates() {
    return operator.aws().faults().onUpdates().of(FUNCTION).always();
  }

  private Fleet others(String settings, int size) throws InterruptedException {
    Fleet fleet = Fleet.of(operator, size, seed -> seed.with("Timeout", 30));
    fleet.apply(settings);
    return fleet;
  }

  /** While a call of its pass is under way. */
  private void deleteAndBeForgotten() {
    LambdaFunctionConfig resource = resources.get(NAME);
    applied = resource;
    resources.resource(NAME).delete();
    Awaitility.await("the deletion to be seen")
        .atMost(AT_ONCE)
        .until(
            () ->
                HeldReferences.ofUid(operator.running(), resource).stream()
                    .noneMatch(place -> place.contains("FleetWatch.resources")));
  }

  private void awaitHeldAt(String place) {
    LambdaFunctionConfig resource = Objects.requireNonNull(applied);
    Awaitility.await("it to be held at " + place)
        .atMost(AT_ONCE)
        .untilAsserted(
            () ->
                assertThat(HeldReferences.of(operator.running(), resource))
                    .anyMatch(held -> held.contains(place)));
  }

  private void awaitNothingHeld(LambdaFunctionConfig resource) {
    Awaitility.await("nothing to be held")
        .atMost(AT_ONCE)
        .untilAsserted(() -> assertThat(HeldReferences.of(operator.running(), resource)).isEmpty());
  }
}
