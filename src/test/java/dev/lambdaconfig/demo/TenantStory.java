package dev.lambdaconfig.demo;

import static java.util.Objects.requireNonNull;

import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.api.StatusCondition;
import dev.lambdaconfig.demo.ResourceWatch.Version;
import dev.lambdaconfig.simulator.LoggedRequest;
import dev.lambdaconfig.simulator.SimulatedRole;
import dev.lambdaconfig.status.Conditions;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Map;
import java.util.Set;

/**
 * The last steps of the demo: a value from a Secret, a tenant with an IAM role of its own, and one
 * that names a function of somebody else.
 */
final class TenantStory {

  private static final String SECRET = "payments-db";
  private static final String KEY = "password";
  private static final String NEXT_PASSWORD = "next-password";
  private static final String SERVICE_ACCOUNT = "team-b";
  private static final String GUEST = "guest";
  private static final String AUDIENCE = "sts.amazonaws.com";
  private static final String ROLE_ARN = "eks.amazonaws.com/role-arn";

  private final DemoEnvironment environment;
  private final Screen screen;
  private final Narrator narrator;

  TenantStory(DemoEnvironment environment, Narrator narrator) {
    this.environment = environment;
    this.screen = environment.screen();
    this.narrator = narrator;
  }

  void tell() {
    if (!environment.cluster().validates()) {
      narrator.begin("5. Values from Secrets, and tenants with IAM roles of their own");
      screen.entry("", "left out: this server has no metadata-only watches, and issues no tokens");
      return;
    }
    rotateSecret();
    actAsTenant();
    nameTheFunctionOfOthers();
  }

  private void rotateSecret() {
    String name = DemoFunctions.PAYMENTS;
    narrator.begin("5. A Secret is rotated, which " + name + " takes a variable from");
    environment.cluster().create(secret(DemoFunctions.FIRST_PASSWORD));
    Narrator.Moment before = narrator.now();
    environment.cluster().apply(Manifests.named("values.yaml"));
    Version ready = narrator.ready(before, name);
    screen.entry(name, "in sync: Ready after " + Narrator.after(before, ready.at()));
    Narrator.Moment rotated = narrator.now();
    client()
        .resource(secret(NEXT_PASSWORD))
        .inNamespace(ResourceWatch.NAMESPACE)
        .fieldManager("kubectl")
        .forceConflicts()
        .serverSideApply();
    narrator.follow(rotated, "rotated: ", name, Set.of("Environment"), "ValueChanged");
    Narrator.require(
        environment
            .function(name)
            .at("/Environment/Variables/DB_PASSWORD")
            .asText()
            .equals(NEXT_PASSWORD),
        name + " does not have the new password");
    String resource = Serialization.asJson(resource(name));
    Narrator.require(
        !resource.contains(NEXT_PASSWORD) && !resource.contains(DemoFunctions.FIRST_PASSWORD),
        "a password stands in the resource");
    screen.more("neither password stands in the resource or its status");
  }

  private static Secret secret(String password) {
    return new SecretBuilder()
        .withNewMetadata()
        .withName(SECRET)
        .endMetadata()
        .addToStringData(KEY, password)
        .build();
  }

  private void actAsTenant() {
    String name = DemoFunctions.STATEMENTS;
    narrator.begin(
        "6. A tenant's manifest acts as the tenant's IAM role, in an account that the operator"
            + " cannot reach");
    createProvider(DemoFunctions.TENANT_ACCOUNT);
    SimulatedRole role =
        serviceAccount(SERVICE_ACCOUNT, DemoFunctions.TENANT_ACCOUNT).allows("lambda:*", name);
    Narrator.Moment before = narrator.now();
    environment.cluster().apply(Manifests.named("tenant.yaml"));
    LoggedRequest request =
        narrator.follow(before, "plan: ", name, Set.of("Timeout"), "SpecChanged");
    String session = environment.aws().iam().sessionOf(request.accessKeyId());
    Narrator.require(
        session != null && session.contains(":assumed-role/" + SERVICE_ACCOUNT + "/"),
        name + " was not updated as the role " + role.arn() + " but as " + session);
    screen.more("sent as " + session);
  }

  private void nameTheFunctionOfOthers() {
    String name = "squatter";
    narrator.begin("7. A tenant names a function of somebody else: " + DemoFunctions.ORDERS);
    createProvider(environment.aws().homeAccount());
    var unused = serviceAccount(GUEST, environment.aws().homeAccount());
    Narrator.Moment before = narrator.now();
    environment.cluster().apply(Manifests.named("squatter.yaml"));
    Version stalled =
        narrator.stalled(
            before, name, condition -> condition.reason().equals("AccessDeniedException"));
    Narrator.require(
        stalled.status().revisionId == null, name + " shows what its role may not read");
    Narrator.require(
        environment.updates(DemoFunctions.ORDERS).size()
            == requireNonNull(before.updates().get(DemoFunctions.ORDERS)),
        DemoFunctions.ORDERS + " was updated");
    StatusCondition owner =
        requireNonNull(
            Conditions.find(
                requireNonNull(resource(DemoFunctions.ORDERS).getStatus()).conditions,
                Conditions.READY));
    Narrator.require(
        owner.status().equals("True"), DemoFunctions.ORDERS + " is no longer Ready: " + owner);
    screen.entry(DemoFunctions.ORDERS, "untouched, and its owner is Ready: " + owner.message());
    var unusedStatuses =
        client()
            .resources(LambdaFunctionConfig.class)
            .inNamespace(ResourceWatch.NAMESPACE)
            .withName(name)
            .delete();
  }

  /** Creates a ServiceAccount with a role of the same name, which may do nothing yet. */
  private SimulatedRole serviceAccount(String name, String account) {
    SimulatedRole role = environment.aws().iam().role("arn:aws:iam::" + account + ":role/" + name);
    role.trusts(ResourceWatch.NAMESPACE, name);
    environment
        .cluster()
        .create(
            new ServiceAccountBuilder()
                .withNewMetadata()
                .withName(name)
                .withAnnotations(Map.of(ROLE_ARN, role.arn()))
                .endMetadata()
                .build());
    return role;
  }

  private void createProvider(String account) {
    environment.aws().iam().createProvider(account, Set.of(AUDIENCE), client()::raw);
  }

  private LambdaFunctionConfig resource(String name) {
    return client()
        .resources(LambdaFunctionConfig.class)
        .inNamespace(ResourceWatch.NAMESPACE)
        .withName(name)
        .get();
  }

  private KubernetesClient client() {
    return environment.cluster().client();
  }
}
