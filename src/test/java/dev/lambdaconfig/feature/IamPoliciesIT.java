package dev.lambdaconfig.feature;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.deploy.ChartRights;
import dev.lambdaconfig.simulator.ApiCall;
import dev.lambdaconfig.simulator.FunctionSeed;
import dev.lambdaconfig.simulator.SimulatedRegion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The IAM policies of deploy/iam/: a feature works with the base policy and its own, in an AWS that
 * denies whatever these do not allow, and what they allow is used.
 */
final class IamPoliciesIT {

  private static final Path FOLDER = Path.of("deploy/iam");
  private static final Path BASE = FOLDER.resolve("base.json");

  @RegisterExtension
  final OperatorExtension operator =
      OperatorExtension.sweepingEverySecond().granting(ChartRights.Feature.RESTORE).startedByTest();

  private final ResourceClient resources = operator.resources();
  private final Tenants tenants = new Tenants(operator);

  /** Everything that the operator asked IAM for, allowed or not. */
  private final List<IamAction> asked = new CopyOnWriteArrayList<>();

  @Test
  void theBaseAloneReadsAndUpdates() throws Exception {
    // When: what is denied is replaced by slower calls
    run(FunctionSeed.zip("orders"), IamPolicy.of(BASE), "timeout: 30");

    // Then
    assertUsed(IamPolicy.of(BASE));
  }

  @Test
  void theBaseAloneRestores() throws Exception {
    // Given
    run(
        FunctionSeed.zip("orders"),
        IamPolicy.of(BASE),
        "deletionPolicy: Restore\nenvironment: {variables: {AA: a}}");

    // When
    resources.resource("orders").delete();

    // Then
    resources.awaitGone("orders");
    assertThat(operator.aws().function("orders").at("/Environment/Variables").isEmpty()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          sweep | timeout: 30
          poll | timeout: 30
          role | role: arn:aws:iam::123456789012:role/lambda/orders
          layers | layers: ["arn:aws:lambda:eu-west-1:123456789012:layer:tools:1"]
          vpc | vpcConfig: {subnetIds: [subnet-0a1b2c3d], securityGroupIds: [sg-0a1b2c3d]}
          kms | kmsKeyArn: arn:aws:kms:eu-west-1:123456789012:key/0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0
          file-systems | fileSystemConfigs: [{arn: arn:aws:elasticfilesystem:eu-west-1:123456789012:access-point/fsap-0123456789abcdef0, localMountPath: /mnt/data}]
          capacity-providers | capacityProviderConfig: {lambdaManagedInstancesCapacityProviderConfig: {capacityProviderArn: arn:aws:lambda:eu-west-1:123456789012:capacity-provider:two}}
          """)
  void eachFeatureNeedsItsPolicyAndNoOther(String feature, String settings) throws Exception {
    // Given
    Path file = FOLDER.resolve(feature + ".json");

    // When
    run(seed(feature), IamPolicy.of(BASE, file), settings);

    // Then
    assertUsed(IamPolicy.of(BASE, file));
  }

  /** A function that may have the settings of a feature. */
  private static FunctionSeed seed(String feature) {
    FunctionSeed seed = FunctionSeed.zip("orders");
    return switch (feature) {
      case "file-systems" ->
          seed.with(
              "{\"VpcConfig\": {\"SubnetIds\": [\"subnet-1\"], \"SecurityGroupIds\": [\"sg-1\"]}}");
      case "capacity-providers" ->
          seed.with(FieldRow.instances(FieldRow.PROVIDER + "one", 10, "2.0").replace('\'', '"'));
      default -> seed;
    };
  }

  @Test
  void aSettingWhosePolicyIsMissingIsDenied() throws Exception {
    // Given
    operator.aws().createFunction(FunctionSeed.zip("orders"));
    enforce(IamPolicy.of(BASE));
    operator.start();

    // When
    resources.apply(
        "orders", "functionName: orders\nrole: arn:aws:iam::123456789012:role/lambda/orders");

    // Then
    resources.awaitStalled("orders", "AccessDeniedException");
  }

  @Test
  void theRoleOfATenantNeedsItsPolicyAndNoOther() throws Exception {
    // Given: the policy names the functions of one team, in the tenants' account
    IamPolicy policy = IamPolicy.of(FOLDER.resolve("tenant.json"));
    SimulatedRegion account = operator.aws().region(Tenants.ACCOUNT, "eu-west-1");
    List<String> own = List.of("team-a-orders", "team-a-mail");
    own.forEach(name -> account.createFunction(FunctionSeed.zip(name)));
    account.createFunction(FunctionSeed.zip("team-b-orders"));
    tenants.createProvider(Tenants.ACCOUNT);
    tenants.serviceAccount("lambda-writer", tenants.role("team-a-lambda-writer", "*"));
    enforce(policy, call -> call.account().equals(Tenants.ACCOUNT) && !isOfSts(call));
    operator.start();

    // When
    own.forEach(name -> resources.apply(name, settingOfTenant(name)));
    resources.apply("team-b-orders", settingOfTenant("team-b-orders"));

    // Then
    own.forEach(resources::awaitReady);
    resources.awaitStalled("team-b-orders", "AccessDeniedException");
    assertUsed(policy);
  }

  private static String settingOfTenant(String function) {
    return "functionName: " + function + "\nserviceAccountName: lambda-writer\ntimeout: 30";
  }

  private static boolean isOfSts(ApiCall call) {
    return call.operation().startsWith("AssumeRole");
  }

  @Test
  void eachFileHasItsCase() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      assertThat(files.map(file -> file.getFileName().toString().replace(".json", "")))
          .containsExactlyInAnyOrder(
              "base",
              "sweep",
              "poll",
              "role",
              "layers",
              "vpc",
              "kms",
              "file-systems",
              "capacity-providers",
              "tenant",
              // AssignedRoleIT, because it needs a policy file.
              "assigned-roles",
              // ExportRightsIT: of a command, not of the operator.
              "export",
              // IamPolicyTest: no policies of the operator.
              "identity-trust",
              "assigned-role-trust");
    }
  }

  private void run(FunctionSeed seed, IamPolicy policy, String settings) throws Exception {
    operator.aws().createFunction(seed);
    // A single function is not worth a list.
    operator.aws().createFunction(FunctionSeed.zip("mail"));
    enforce(policy);
    operator.start();
    resources.apply("orders", "functionName: orders\n" + settings);
    resources.apply("mail", "functionName: mail\ntimeout: 30");
    resources.awaitReady("orders");
    resources.awaitReady("mail");
  }

  private void enforce(IamPolicy policy) {
    enforce(policy, call -> true);
  }

  private void enforce(IamPolicy policy, Predicate<ApiCall> calls) {
    operator
        .aws()
        .faults()
        .onAnything()
        .when(call -> calls.test(call) && isDenied(policy, call))
        .always()
        .thenAnswer(403, "AccessDeniedException", "not authorized by the policy of this test");
  }

  private boolean isDenied(IamPolicy policy, ApiCall call) {
    List<IamAction> actions = new ArrayList<>(IamAction.of(call));
    asked.addAll(actions);
    return !actions.stream().allMatch(policy::allows);
  }

  private void assertUsed(IamPolicy policy) {
    Awaitility.await()
        .atMost(ResourceClient.PATIENCE)
        .untilAsserted(
            () ->
                assertThat(policy.allowances())
                    .isNotEmpty()
                    .allSatisfy(allowance -> assertThat(asked).anyMatch(allowance::isFor)));
  }
}
