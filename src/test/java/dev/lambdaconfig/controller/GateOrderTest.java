package dev.lambdaconfig.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.api.BaselineField;
import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.api.LambdaFunctionConfigStatus;
import dev.lambdaconfig.authorization.Policy;
import dev.lambdaconfig.authorization.PolicyException;
import dev.lambdaconfig.kube.RestoreFinalizer;
import dev.lambdaconfig.model.Failure;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The order of what can keep a reconcile from sending an update: of two obstacles the first one is
 * reported. The order is behaviour, for what is reported is what somebody removes first.
 */
final class GateOrderTest {

  private static final String OWN = "{functionName: fn, timeout: 9}";
  private static final ResourceID OWN_ID = new ResourceID("own", "team");
  private static final String LIVE = "{Timeout: 3, Environment: {Variables: {OLD: value}}}";

  /** What can be wrong with a resource or its function, in the order of the gates. */
  private enum Obstacle {
    SUSPENDED("suspend: true", "Suspended"),
    UNREADABLE_SPEC("timeout: soon", "InvalidSpec: spec.timeout must be"),
    FINALIZER_TO_TAKE_OFF("", "needs the right to patch"),
    FINALIZER_TO_PUT_BACK("deletionPolicy: Restore", "needs the right to patch"),
    INVALID_SPEC("layers: [null]", "InvalidSpec: layers[0] has no value"),
    UNKNOWN_REGION("region: eu-west-9", "UnknownRegion"),
    FORBIDDEN(
        "role: 'arn:aws:iam::123456789012:role/theirs'",
        "Forbidden: the operator's policy does not let namespace team name role"),
    NO_IDENTITY("serviceAccountName: missing", "ServiceAccountNotFound"),
    MISSING_VALUE(
        "environment: {valuesFrom: [{name: DB_PASSWORD, secretKeyRef: {name: db, key: k}}]}",
        "ValueNotFound: Secret db does not exist"),
    MISSING_FUNCTION("functionName: missing", "FunctionNotFound"),
    OLDER_OWNER("", "Conflict: the function is already owned by the older"),
    MISSING_FINALIZER("deletionPolicy: Restore", "needs the right to patch"),
    OPEN_BREAKER("", "UpdatesPaused"),
    UNKEPT_VALUES(
        "deletionPolicy: Restore; environment: {variables: {A: b}}",
        "needs the right to create, get, list and delete secrets"),
    UPDATES_UNDER_WAY("", "Updating: updating timeout"),
    REFUSED_UPDATE("", "InvalidParameterValueException");

    /** What the spec says besides, by members that are parted by semicolons. */
    private final String spec;

    private final String reported;

    Obstacle(String spec, String reported) {
      this.spec = spec;
      this.reported = reported;
    }
  }

  private static final Failure REFUSAL =
      new Failure("InvalidParameterValueException", "no such value", 400, null);

  private final InMemoryController controller = new InMemoryController();

  /** The updates sent before the reconcile in question. */
  private int before;

  static Stream<Arguments> pairs() {
    List<Arguments> pairs = new ArrayList<>();
    for (Obstacle first : Obstacle.values()) {
      for (Obstacle second : Obstacle.values()) {
        if (first.compareTo(second) < 0 && canBeTogether(first, second)) {
          pairs.add(Arguments.of(first, second));
        }
      }
    }
    return pairs.stream();
  }

  /** The finalizer is on or off, deletionPolicy Retain or Restore, and there is one environment. */
  private static boolean canBeTogether(Obstacle first, Obstacle second) {
    return (first != Obstacle.FINALIZER_TO_TAKE_OFF || !second.spec.contains("deletionPolicy"))
        && (first != Obstacle.MISSING_VALUE || second != Obstacle.UNKEPT_VALUES);
  }

  @ParameterizedTest
  @EnumSource(Obstacle.class)
  void oneIsReported(Obstacle obstacle) throws PolicyException {
    // When
    String reported = reportedWith(EnumSet.of(obstacle));

    // Then
    assertThat(reported).contains(obstacle.reported);
    assertThatNothingIsSent(obstacle);
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void ofTwoTheFirstIsReported(Obstacle first, Obstacle second) throws PolicyException {
    // When
    String reported = reportedWith(EnumSet.of(first, second));

    // Then
    assertThat(reported).contains(first.reported);
    assertThatNothingIsSent(first);
  }

  static Stream<Obstacle> besidesAMissingValue() {
    return Stream.of(Obstacle.values())
        .filter(obstacle -> canBeTogether(Obstacle.MISSING_VALUE, obstacle));
  }

  @ParameterizedTest
  @MethodSource("besidesAMissingValue")
  void valuesAreReadOnlyForAResourceThatMayBeActedOn(Obstacle obstacle) throws PolicyException {
    // When
    reportedWith(EnumSet.of(obstacle, Obstacle.MISSING_VALUE));

    // Then
    if (obstacle.compareTo(Obstacle.MISSING_VALUE) < 0) {
      assertThat(controller.sources.reads()).isZero();
      assertThat(controller.sources.dependencies(OWN_ID)).isEmpty();
    } else {
      assertThat(controller.sources.reads()).isEqualTo(1);
      assertThat(controller.sources.dependencies(OWN_ID)).hasSize(1);
    }
  }

  @Test
  void withoutAnyTheUpdateIsSent() throws PolicyException {
    // When
    reportedWith(EnumSet.noneOf(Obstacle.class));

    // Then
    assertThat(controller.aws.updates).containsExactly("fn");
  }

  private void assertThatNothingIsSent(Obstacle reported) {
    boolean sent =
        controller.aws.updates.subList(before, controller.aws.updates.size()).contains("fn");
    assertThat(sent).isEqualTo(reported == Obstacle.REFUSED_UPDATE);
  }

  private String reportedWith(Set<Obstacle> obstacles) throws PolicyException {
    controller.policy =
        Policy.parse("rules: [{namespaces: [team], roles: ['arn:aws:iam::*:role/ours']}]");
    controller.aws.create("fn", LIVE);
    if (obstacles.contains(Obstacle.OPEN_BREAKER)) {
      controller.aws.refusal = REFUSAL;
      reconcileOthers("failing", 5);
      controller.aws.refusal = null;
    }
    if (obstacles.contains(Obstacle.UPDATES_UNDER_WAY)) {
      reconcileOthers("running", 8);
      reconcileOthers("also-running", 8);
    }
    if (obstacles.contains(Obstacle.OLDER_OWNER)) {
      controller.reconcile(controller.create("team", "older", OWN));
      controller.aws.create("fn", LIVE);
    }
    if (obstacles.contains(Obstacle.REFUSED_UPDATE)) {
      controller.aws.refusal = REFUSAL;
    }
    LambdaFunctionConfig resource = controller.create("team", "own", spec(obstacles));
    if (obstacles.contains(Obstacle.FINALIZER_TO_PUT_BACK)) {
      controller.statuses.set(resource, updated());
    }
    if (obstacles.contains(Obstacle.FINALIZER_TO_TAKE_OFF)
        || (obstacles.contains(Obstacle.UNKEPT_VALUES)
            && !obstacles.contains(Obstacle.FINALIZER_TO_PUT_BACK)
            && !obstacles.contains(Obstacle.MISSING_FINALIZER))) {
      resource.addFinalizer(RestoreFinalizer.NAME);
    }
    before = controller.aws.updates.size();
    controller.reconcile(resource);
    if (obstacles.contains(Obstacle.NO_IDENTITY)) {
      // A worker reads the ServiceAccount meanwhile, unless something else was reported at once.
      Awaitility.await()
          .pollInterval(Duration.ofMillis(5))
          .until(
              () ->
                  controller.isReported(resource)
                      || controller.reconcile(resource).isReported(resource));
    }
    return controller.conditions(resource);
  }

  /** The status of a resource that was updated, and has lost its finalizer since. */
  private static LambdaFunctionConfigStatus updated() {
    LambdaFunctionConfigStatus status = new LambdaFunctionConfigStatus();
    status.baseline = List.of(new BaselineField("timeout", 3L, null));
    status.lastAppliedTime = "2026-01-01T00:00:00Z";
    return status;
  }

  private void reconcileOthers(String name, int count) {
    for (int i = 0; i < count; i++) {
      controller.aws.create(name + i, "{Timeout: 3}");
      controller.reconcile(
          controller.create("team", name + i, "{functionName: " + name + i + ", timeout: 9}"));
    }
  }

  private static String spec(Set<Obstacle> obstacles) {
    Map<String, String> members = new TreeMap<>(Map.of("functionName", "fn", "timeout", "9"));
    for (Obstacle obstacle : obstacles) {
      for (String member : obstacle.spec.split(";", -1)) {
        int colon = member.indexOf(':');
        if (colon > 0) {
          members.put(member.substring(0, colon).strip(), member.substring(colon + 1));
        }
      }
    }
    return members.entrySet().stream()
        .map(member -> member.getKey() + ": " + member.getValue())
        .collect(Collectors.joining(", ", "{", "}"));
  }
}
