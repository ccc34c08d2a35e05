package dev.lambdaconfig.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.annotations.FormatMethod;
import dev.lambdaconfig.cluster.ApiServer;
import dev.lambdaconfig.cluster.TestNamespace;
import dev.lambdaconfig.packaged.OperatorJar;
import dev.lambdaconfig.simulator.FunctionSeed;
import dev.lambdaconfig.simulator.LambdaSimulator;
import dev.lambdaconfig.simulator.SimulatedRole;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The operator acts as the ServiceAccounts that the chart's roles name, and as no other. */
final class TenantRightsIT {

  private static final String ACCOUNT = "210987654321";

  @RegisterExtension final TestNamespace namespace = TestNamespace.forEachTest();

  @RegisterExtension final InstalledOperator installed = new InstalledOperator(namespace);

  @TempDir Path folder = Path.of("");

  private final ApiServer server = ApiServer.shared();

  @BeforeEach
  void serveTheResource() {
    server.applyCrd(Path.of("crds", "lambdafunctionconfigs.lambdaconfig.dev.yaml"));
  }

  @Test
  void onlyNamedServiceAccountsGiveATokenByTheChartsRoles() throws Exception {
    try (LambdaSimulator aws = LambdaSimulator.start()) {
      // Given: two ServiceAccounts with the same role, of which the chart's values name one
      SimulatedRole role = givenRole(aws);
      for (String account : List.of("named", "unnamed")) {
        role.trusts(namespace.name(), account);
        apply(
            "{apiVersion: v1, kind: ServiceAccount, metadata: {name: %s, namespace: %s,"
                + " annotations: {eks.amazonaws.com/role-arn: '%s'}}}",
            account, namespace.name(), role.arn());
      }
      Manifests manifests =
          Chart.render(
              "lco",
              namespace.name(),
              """
              aws: {region: eu-west-1, endpointUrl: '%s'}
              watchNamespaces: [%s]
              identity:
                required: true
                serviceAccounts: [{namespace: %s, serviceAccounts: [named]}]
              """
                  .formatted(aws.endpoint(), namespace.name(), namespace.name()));
      installed.applyIdentity(manifests);

      // When
      try (OperatorJar operator = installed.start(folder.resolve("one"), manifests, aws)) {
        operator.awaitRunning();
        for (String account : List.of("named", "unnamed")) {
          apply(
              "{apiVersion: lambdaconfig.dev/v1alpha1, kind: LambdaFunctionConfig, metadata:"
                  + " {name: %s, namespace: %s}, spec: {functionName: fn-%s, serviceAccountName:"
                  + " %s, timeout: 30}}",
              account, namespace.name(), account, account);
        }
        apply(
            "{apiVersion: lambdaconfig.dev/v1alpha1, kind: LambdaFunctionConfig, metadata: {name:"
                + " own, namespace: %s}, spec: {functionName: own, timeout: 30}}",
            namespace.name());

        // Then
        operator.await("Ready").until(() -> "True".equals(installed.ready("named")));
        operator.await("the refusal").until(() -> reason("unnamed").equals("TokenForbidden"));
        operator.await("the rule").until(() -> reason("own").equals("IdentityRequired"));
        assertThat(aws.requests().where(call -> "fn-unnamed".equals(call.functionName())))
            .isEmpty();
        assertThat(aws.requests().where(call -> "own".equals(call.functionName()))).isEmpty();
      }
    }
  }

  private SimulatedRole givenRole(LambdaSimulator aws) {
    aws.iam().createProvider(ACCOUNT, Set.of("sts.amazonaws.com"), server.client()::raw);
    for (String function : List.of("fn-named", "fn-unnamed")) {
      aws.region(ACCOUNT, "eu-west-1").createFunction(FunctionSeed.zip(function));
    }
    return aws.iam().role("arn:aws:iam::" + ACCOUNT + ":role/tenant").allows("lambda:*", "fn-*");
  }

  @FormatMethod
  private void apply(String manifest, Object... values) {
    Manifests.parse(manifest.formatted(values))
        .generic()
        .forEach(
            object ->
                server.client().resource(object).fieldManager("deploy-test").serverSideApply());
  }

  private String reason(String name) {
    return installed.ready(name, "reason");
  }
}
