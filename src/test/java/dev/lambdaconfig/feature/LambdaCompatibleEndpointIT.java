package dev.lambdaconfig.feature;

import static dev.lambdaconfig.feature.ConditionAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.simulator.FunctionSeed;
import dev.lambdaconfig.simulator.LoggedRequest;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Endpoints that answer differently from AWS, in ways that AWS leaves open: the same manifests
 * become Ready.
 */
final class LambdaCompatibleEndpointIT {

  private static final String NETWORK =
      "{\"VpcConfig\": {\"SubnetIds\": [\"subnet-1\", \"subnet-2\"], \"SecurityGroupIds\":"
          + " [\"sg-1\", \"sg-2\"]}}";

  private static final String JSON_LOGS =
      "{\"LoggingConfig\": {\"LogFormat\": \"JSON\", \"ApplicationLogLevel\": \"ERROR\","
          + " \"LogGroup\": \"/mine\"}}";

  @RegisterExtension final OperatorExtension operator = OperatorExtension.readingEachFunction();

  private final ResourceClient resources = operator.resources();

  private enum Way {
    AWS,
    MERGES_LOGGING_CONFIG,
    SETTLES_AT_ONCE,
    REVERSES_VPC_IDS,
    OMITS_LAST_UPDATE_STATUS,
    ALL_OF_THEM
  }

  @ParameterizedTest
  @EnumSource
  void everyManifestComesToRest(Way way) {
    // Given
    boolean all = way == Way.ALL_OF_THEM;
    operator
        .aws()
        .dialect()
        .mergesLoggingConfig(all || way == Way.MERGES_LOGGING_CONFIG)
        .settlesAtOnce(all || way == Way.SETTLES_AT_ONCE)
        .reversesVpcIds(all || way == Way.REVERSES_VPC_IDS)
        .omitsLastUpdateStatus(all || way == Way.OMITS_LAST_UPDATE_STATUS);
    Map<FunctionSeed, String> manifests = manifests();

    // When
    for (Map.Entry<FunctionSeed, String> each : manifests.entrySet()) {
      operator.aws().createFunction(each.getKey());
      String name = each.getKey().name();
      resources.apply(name, "functionName: " + name + "\n" + each.getValue());
    }

    // Then
    var names = manifests.keySet().stream().map(FunctionSeed::name).toList();
    names.forEach(resources::awaitReady);
    operator.awaitReads(4, names);
    for (String name : names) {
      assertThat(operator.aws().requests().updatesOf(name))
          .as("updates of %s", name)
          .hasSize(name.equals("same") ? 0 : 1)
          .allMatch(LoggedRequest::applied);
      assertThat(resources.condition(name, "Ready")).as(name).isTrue();
      assertThat(resources.status(name).drift).as("drift of %s", name).isNull();
      if (!name.equals("same")) {
        assertThat(resources.history(name).getFirst().outcome()).as(name).isEqualTo("Succeeded");
      }
    }
  }

  private static Map<FunctionSeed, String> manifests() {
    Map<FunctionSeed, String> manifests = new LinkedHashMap<>();
    manifests.put(
        FunctionSeed.zip("everything").with("Runtime", "java21"),
        """
        description: orders worker
        role: arn:aws:iam::123456789012:role/other
        handler: app.Handler
        runtime: java25
        timeout: 30
        memorySize: 256
        kmsKeyArn: arn:aws:kms:eu-west-1:123456789012:key/one
        layers: ['arn:aws:lambda:eu-west-1:123456789012:layer:deps:7']
        vpcConfig: {subnetIds: [subnet-1, subnet-2], securityGroupIds: [sg-1, sg-2]}
        environment: {variables: {AA: x, BB: y}}
        deadLetterConfig: {targetArn: 'arn:aws:sqs:eu-west-1:123456789012:dead'}
        tracingConfig: {mode: Active}
        ephemeralStorage: {size: 512}
        snapStart: {applyOn: PublishedVersions}
        loggingConfig: {logFormat: JSON, applicationLogLevel: WARN, systemLogLevel: DEBUG, logGroup: /x}
        """);
    manifests.put(
        FunctionSeed.zip("same").with(NETWORK).with(JSON_LOGS),
        """
        vpcConfig: {subnetIds: [subnet-2, subnet-1], securityGroupIds: [sg-2, sg-1]}
        loggingConfig: {logFormat: JSON, systemLogLevel: INFO, logGroup: /mine}
        """);
    manifests.put(
        FunctionSeed.zip("network-part").with(NETWORK),
        "vpcConfig: {subnetIds: [subnet-3, subnet-4, subnet-5]}");
    manifests.put(FunctionSeed.zip("network-left").with(NETWORK), "vpcConfig: {}");
    manifests.put(
        FunctionSeed.zip("mounted").with(NETWORK),
        """
        fileSystemConfigs:
          - arn: arn:aws:elasticfilesystem:eu-west-1:123456789012:access-point/fsap-0123456789abcdef0
            localMountPath: /mnt/data
        """);
    manifests.put(
        FunctionSeed.zip("level").with(JSON_LOGS), "loggingConfig: {systemLogLevel: WARN}");
    manifests.put(FunctionSeed.zip("text").with(JSON_LOGS), "loggingConfig: {logFormat: Text}");
    manifests.put(FunctionSeed.zip("group").with(JSON_LOGS), "loggingConfig: {logGroup: ''}");
    manifests.put(FunctionSeed.zip("logs-cleared").with(JSON_LOGS), "loggingConfig: {}");
    manifests.put(
        FunctionSeed.image("image"),
        "imageConfig: {entryPoint: [/run], command: [a, b], workingDirectory: /app}");
    return manifests;
  }
}
