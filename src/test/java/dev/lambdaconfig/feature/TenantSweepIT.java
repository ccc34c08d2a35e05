package dev.lambdaconfig.feature;

import static dev.lambdaconfig.feature.Tenants.ACCOUNT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.simulator.FunctionSeed;
import dev.lambdaconfig.simulator.LoggedRequest;
import dev.lambdaconfig.simulator.SimulatedRegion;
import dev.lambdaconfig.simulator.SimulatedRole;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Functions of a tenants' account, which one of their identities lists for all of them. */
final class TenantSweepIT {

  private static final List<String> NAMES = List.of("a", "b", "c");

  @RegisterExtension final OperatorExtension operator = OperatorExtension.sweepingEverySecond();

  private final ResourceClient resources = operator.resources();
  private final Tenants tenants = new Tenants(operator);
  private final ListedFleet listed = new ListedFleet(operator);

  @BeforeEach
  void createFunctions() {
    tenants.createProvider(ACCOUNT);
    NAMES.forEach(name -> account().createFunction(FunctionSeed.zip(name)));
  }

  @Test
  void aChangeThatOneIdentityListsIsReadAndCorrectedByTheOwnOne() {
    // Given: one of the two may list
    tenants.serviceAccount("writer", writer());
    tenants.serviceAccount("lister", lister("lister"));
    apply("writer", "a", "b");
    apply("lister", "c");
    listed.awaitRest();

    // When
    account().changeBehindTheBack("a", "{\"Timeout\": 5}");

    // Then
    awaitTimeout("a");
    assertThat(resources.history("a").getFirst().cause()).isEqualTo("DriftCorrected");
    assertThat(listers()).allMatch(by -> by.contains("assumed-role/lister/"));
    assertThat(tenants.callers("a")).isNotEmpty().allMatch(by -> by.contains("/writer/"));
    assertThat(listed.callsButLists())
        .filteredOn(request -> NAMES.contains(request.functionName()))
        .extracting(LoggedRequest::functionName)
        .containsOnly("a");
    resources.awaitReady("a");
    assertThat(resources.status("a").revisionId)
        .isEqualTo(account().function("a").get("RevisionId").asText());
  }

  @Test
  void whatOthersListIsNotShownToAnIdentityThatMayNotReadIt() {
    // Given
    tenants.serviceAccount("lister", lister("lister"));
    apply("lister", "a", "b");
    tenants.serviceAccount("spy", tenants.role("spy", "other"));
    resources.apply("spy", "functionName: c\nserviceAccountName: spy\nmode: Observe\ntimeout: 3");
    resources.awaitStalled("spy", "AccessDeniedException");
    listed.awaitPages(3);

    // When
    account().changeBehindTheBack("c", "{\"Timeout\": 5}");
    listed.awaitPages(3);

    // Then
    resources.requestReconcile("spy", "now");
    resources.awaitStalled("spy", "AccessDeniedException");
    assertThat(resources.status("spy"))
        .satisfies(
            status -> {
              assertThat(status.functionArn).isNull();
              assertThat(status.revisionId).isNull();
              assertThat(status.drift).isNull();
            });
    assertThat(tenants.callers("c")).isNotEmpty().allMatch(by -> by.contains("/spy/"));
  }

  @Test
  void whereNobodyMayListEachIsReadAndThatIsToldOnce() {
    // Given
    tenants.serviceAccount("writer", writer());
    apply("writer", "a", "b", "c");
    Events.await(operator, "ListingRefused");

    // When
    account().changeBehindTheBack("b", "{\"Timeout\": 5}");

    // Then
    awaitTimeout("b");
    assertThat(Events.with(operator, "ListingRefused"))
        .singleElement()
        .satisfies(event -> assertThat(event.getCount()).isIn(null, 1));
  }

  @Test
  void aRestartCostsListsOfWhatTheirOwnIdentityListsAndReadsOfTheRest() throws Exception {
    // Given: one of the two may list
    tenants.serviceAccount("writer", writer());
    tenants.serviceAccount("lister", lister("lister"));
    apply("writer", "a");
    apply("lister", "b", "c");
    listed.awaitRest();
    operator.stop();
    List<String> versions = versions();
    operator.aws().requests().clear();

    // When
    operator.start();

    // Then: also after the time for which a restart waits for the first sweep
    awaitRead("a");
    listed.awaitPages(2 * 18);
    assertThat(calls()).extracting(LoggedRequest::functionName).containsOnly("a");
    assertThat(versions()).isEqualTo(versions);
  }

  @Test
  void whatDriftedWhileTheOperatorWasAwayIsPutRightAfterItsReturn() throws Exception {
    // Given
    tenants.serviceAccount("lister", lister("lister"));
    apply("lister", "a", "b", "c");
    listed.awaitRest();
    operator.stop();
    account().changeBehindTheBack("b", "{\"Timeout\": 5}");
    operator.aws().requests().clear();

    // When
    operator.start();

    // Then
    awaitTimeout("b");
    resources.awaitReady("b");
    assertThat(calls()).extracting(LoggedRequest::functionName).containsOnly("b");
  }

  @Test
  void anotherResourceForAFunctionThatOnlyAListHasShownTakesNothing() throws Exception {
    // Given: an operator that has read nothing since its start
    tenants.serviceAccount("lister", lister("lister"));
    tenants.serviceAccount("other", lister("other"));
    apply("lister", "a", "b", "c");
    listed.awaitRest();
    operator.stop();
    operator.aws().requests().clear();
    operator.start();
    listed.awaitPages(2 * 18);
    assertThat(calls()).isEmpty();

    // When
    resources.apply("younger", "functionName: a\nserviceAccountName: other\ntimeout: 7");

    // Then
    resources.awaitStalled("younger", "Conflict");
    listed.awaitPages(3);
    assertThat(account().function("a").get("Timeout").asInt()).isEqualTo(30);
    assertThat(calls()).noneMatch(request -> request.operation().startsWith("Update"));
  }

  @Test
  void anIdentityThatGoesIsReplaced() {
    // Given: both may list, and one of them does
    tenants.serviceAccount("first", lister("first"));
    apply("first", "a", "b");
    awaitListsBy("first");
    tenants.serviceAccount("second", lister("second"));
    apply("second", "c");

    // When
    resources.resource("a").delete();
    resources.resource("b").delete();
    resources.awaitGone("a");
    resources.awaitGone("b");
    resources.apply("d", "functionName: a\nserviceAccountName: second\ntimeout: 30");

    // Then
    resources.awaitReady("d");
    awaitListsBy("second");
    assertThat(listers()).noneMatch(by -> by.equals("null"));
  }

  /** A role that may do everything with the functions, and may not list them. */
  private SimulatedRole writer() {
    SimulatedRole role = tenants.role("writer", "a");
    role.allows("lambda:*", "b");
    return role.allows("lambda:*", "c");
  }

  private SimulatedRole lister(String name) {
    return tenants.role(name, "*");
  }

  private void apply(String serviceAccount, String... names) {
    for (String name : names) {
      resources.apply(
          name,
          "functionName: " + name + "\nserviceAccountName: " + serviceAccount + "\ntimeout: 30");
    }
    List.of(names).forEach(resources::awaitReady);
  }

  /** The calls about functions. */
  private List<LoggedRequest> calls() {
    return operator
        .aws()
        .requests()
        .where(request -> NAMES.contains(String.valueOf(request.functionName())));
  }

  private List<String> versions() {
    return NAMES.stream()
        .map(name -> resources.resource(name).get().getMetadata().getResourceVersion())
        .toList();
  }

  private void awaitRead(String function) {
    Awaitility.await("a read of " + function)
        .atMost(Fleet.PATIENCE)
        .until(() -> calls().stream().anyMatch(call -> function.equals(call.functionName())));
  }

  private void awaitTimeout(String function) {
    Awaitility.await(function + " to be corrected")
        .atMost(Fleet.PATIENCE)
        .until(() -> account().function(function).get("Timeout").asInt() == 30);
  }

  private void awaitListsBy(String role) {
    operator.aws().requests().clear();
    Awaitility.await("lists by " + role)
        .atMost(Fleet.PATIENCE)
        .until(() -> listers().stream().anyMatch(by -> by.contains("assumed-role/" + role + "/")));
  }

  /** The sessions by which functions were listed; null stands for the operator's own identity. */
  private Set<String> listers() {
    return operator
        .aws()
        .requests()
        .where(request -> request.operation().equals(ListedFleet.LIST))
        .stream()
        .map(request -> String.valueOf(operator.aws().iam().sessionOf(request.accessKeyId())))
        .collect(Collectors.toSet());
  }

  private SimulatedRegion account() {
    return operator.aws().region(ACCOUNT, "eu-west-1");
  }
}
