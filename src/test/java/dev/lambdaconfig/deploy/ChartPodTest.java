package dev.lambdaconfig.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentStrategy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.rbac.Role;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The operator's Pods in the chart, and the objects that select them. */
final class ChartPodTest {

  @Test
  void tellsTheOperatorWhatTheFleetNeeds() {
    var rendered =
        Chart.render(
            """
            {mode: Observe, selector: "shard in (a,b),!legacy", aws: {maxRequestsPerSecond: 4.5,
             regions: [eu-west-1, us-east-1]}, leaderElection: {leaseName: shard-a}}
            """);

    assertThat(rendered.environment())
        .containsEntry("LAMBDA_CONFIG_MODE", "Observe")
        .containsEntry("LAMBDA_CONFIG_SELECTOR", "shard in (a,b),!legacy")
        .containsEntry("LAMBDA_CONFIG_AWS_MAX_REQUESTS_PER_SECOND", "4.5")
        .containsEntry("LAMBDA_CONFIG_REGIONS", "eu-west-1,us-east-1")
        .containsEntry("LAMBDA_CONFIG_LEADER_ELECTION_LEASE", "shard-a");
    assertThat(GrantedRights.of(rendered.only(Role.class).getRules()))
        .contains("coordination.k8s.io/leases[shard-a] patch")
        .noneMatch(right -> right.contains(Chart.NAME));
    assertThat(Chart.render("aws: {maxRequestsPerSecond: 1000}").environment())
        .containsEntry("LAMBDA_CONFIG_AWS_MAX_REQUESTS_PER_SECOND", "1000")
        .doesNotContainKey("LAMBDA_CONFIG_REGIONS");
  }

  @Test
  void withoutLeaderElectionTheOldPodEndsBeforeTheNewOneStarts() {
    assertThat(strategy("leaderElection: {enabled: false}"))
        .isNotNull()
        .extracting(
            each -> each.getRollingUpdate().getMaxSurge(),
            each -> each.getRollingUpdate().getMaxUnavailable())
        .containsExactly(new IntOrString(0), new IntOrString(1));
    assertThat(strategy("{}")).isNull();
  }

  private static @Nullable DeploymentStrategy strategy(String values) {
    return Chart.render(values).only(Deployment.class).getSpec().getStrategy();
  }

  @Test
  void setsWhatIsKnownOfAwsAndTakesMoreEnvironment() {
    var rendered =
        Chart.render(
            """
            aws: {region: eu-west-1, endpointUrl: http://aws, lambdaEndpointUrl: http://lambda}
            allowUnguardedUpdates: true
            extraEnv: [{name: JAVA_TOOL_OPTIONS, value: -Xlog:gc}]
            envFrom: [{secretRef: {name: proxy}}]
            """);

    assertThat(rendered.environment())
        .containsEntry("AWS_REGION", "eu-west-1")
        .containsEntry("AWS_ENDPOINT_URL", "http://aws")
        .containsEntry("AWS_ENDPOINT_URL_LAMBDA", "http://lambda")
        .containsEntry("LAMBDA_CONFIG_ALLOW_UNGUARDED_UPDATES", "true")
        .containsEntry("JAVA_TOOL_OPTIONS", "-Xlog:gc");
    assertThat(rendered.container().getEnvFrom())
        .singleElement()
        .satisfies(source -> assertThat(source.getSecretRef().getName()).isEqualTo("proxy"));
  }

  @Test
  void mountsAdditionalVolumes() {
    var rendered =
        Chart.render(
            """
            extraVolumes: [{name: trust, configMap: {name: company-ca}}]
            extraVolumeMounts: [{name: trust, mountPath: /etc/company, readOnly: true}]
            """);

    assertThat(rendered.container().getVolumeMounts())
        .anySatisfy(mount -> assertThat(mount.getMountPath()).isEqualTo("/etc/company"))
        .anySatisfy(mount -> assertThat(mount.getMountPath()).isEqualTo("/tmp"));
    assertThat(rendered.only(Deployment.class).getSpec().getTemplate().getSpec().getVolumes())
        .anySatisfy(
            volume -> {
              assertThat(volume.getName()).isEqualTo("trust");
              assertThat(volume.getConfigMap().getName()).isEqualTo("company-ca");
            });
  }

  @Test
  void servesProbesAndMetricsOnTheManagementPort() {
    var rendered = Chart.render("managementPort: 9090");

    var container = rendered.container();
    assertThat(container.getPorts())
        .singleElement()
        .satisfies(port -> assertThat(port.getContainerPort()).isEqualTo(9090));
    assertThat(rendered.environment()).containsEntry("LAMBDA_CONFIG_MANAGEMENT_PORT", "9090");
    assertThat(container.getLivenessProbe().getHttpGet().getPath()).isEqualTo("/livez");
    assertThat(container.getReadinessProbe().getHttpGet().getPath()).isEqualTo("/readyz");
    assertThat(rendered.only(Service.class).getSpec().getPorts())
        .singleElement()
        .satisfies(
            port -> assertThat(port.getTargetPort()).isEqualTo(new IntOrString("management")));
  }

  /** The checks of a start end within a minute, and then say why it fails. */
  @Test
  void leavesAFailingStartTheTimeToSayWhy() {
    var container = Chart.render("").container();

    assertThat(container.getTerminationMessagePolicy()).isEqualTo("FallbackToLogsOnError");
    Probe startup = container.getStartupProbe();
    assertThat(startup.getHttpGet().getPath()).isEqualTo("/livez");
    assertThat(startup.getPeriodSeconds() * startup.getFailureThreshold()).isBetween(180, 300);
  }

  @Test
  void selectsItsOwnPodsEverywhere() {
    var rendered = Chart.render(Chart.EVERYTHING);
    var own = rendered.only(Deployment.class).getSpec().getSelector().getMatchLabels();

    assertThat(rendered.only(Deployment.class).getSpec().getTemplate().getMetadata().getLabels())
        .containsAllEntriesOf(own)
        .containsEntry("more", "labels");
    assertThat(rendered.only(Service.class).getSpec().getSelector()).isEqualTo(own);
    assertThat(rendered.only(PodDisruptionBudget.class).getSpec().getSelector().getMatchLabels())
        .isEqualTo(own);
    assertThat(rendered.only(NetworkPolicy.class).getSpec().getPodSelector().getMatchLabels())
        .isEqualTo(own);
    assertThat(rendered.podSpec().getTopologySpreadConstraints())
        .singleElement()
        .satisfies(
            constraint ->
                assertThat(constraint.getLabelSelector().getMatchLabels()).isEqualTo(own));
    assertThat(rendered.only("ServiceMonitor").path("metadata").path("labels").path("release"))
        .hasToString("\"prometheus\"");
  }

  @Test
  void makesADisruptionBudgetForSeveralReplicasOnly() {
    assertThat(Chart.render("podDisruptionBudget: {enabled: true}").kinds())
        .doesNotContainKey("PodDisruptionBudget");
    assertThat(Chart.render("{replicas: 2, podDisruptionBudget: {enabled: true}}").kinds())
        .containsEntry("PodDisruptionBudget", 1L);
  }
}
