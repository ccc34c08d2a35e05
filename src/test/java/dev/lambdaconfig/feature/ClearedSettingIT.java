package dev.lambdaconfig.feature;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lambdaconfig.simulator.FunctionSeed;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An explicit empty value clears a setting, by each way of applying the manifest. */
final class ClearedSettingIT {

  @RegisterExtension final OperatorExtension operator = OperatorExtension.sweepingHourly();

  private final ResourceClient resources = operator.resources();

  /**
   * A clear.
   *
   * @param set the spec line that sets the field
   * @param clear the spec line that clears it
   * @param patch what {@code kubectl apply} makes of that step: a JSON merge patch of the spec
   * @param sent the members that must be sent, RevisionId aside
   */
  private record Clear(boolean image, String set, String clear, String patch, String sent) {
    @Override
    public String toString() {
      return clear;
    }
  }

  private static final String GROUP = "\"SubnetIds\":[],\"SecurityGroupIds\":[]";

  private static Stream<Clear> clears() {
    return Stream.of(
        zip(
            "description: text",
            "description: ''",
            "{\"description\":\"\"}",
            "{\"Description\":\"\"}"),
        zip(
            "kmsKeyArn: arn:aws:kms:eu-west-1:123456789012:key/a",
            "kmsKeyArn: ''",
            "{\"kmsKeyArn\":\"\"}",
            "{\"KMSKeyArn\":\"\"}"),
        zip(
            "layers: ['arn:aws:lambda:eu-west-1:123456789012:layer:deps:7']",
            "layers: []",
            "{\"layers\":[]}",
            "{\"Layers\":[]}"),
        zip(
            "vpcConfig: {subnetIds: [subnet-1, subnet-2], securityGroupIds: [sg-1]}",
            "vpcConfig: {}",
            "{\"vpcConfig\":{\"subnetIds\":null,\"securityGroupIds\":null}}",
            "{\"VpcConfig\":{" + GROUP + ",\"Ipv6AllowedForDualStack\":false}}"),
        zip(
            "vpcConfig: {subnetIds: [subnet-1], securityGroupIds: [sg-1]}",
            "vpcConfig: {subnetIds: [], securityGroupIds: []}",
            "{\"vpcConfig\":{\"subnetIds\":[],\"securityGroupIds\":[]}}",
            "{\"VpcConfig\":{" + GROUP + ",\"Ipv6AllowedForDualStack\":false}}"),
        zip(
            "environment: {variables: {AA: x}}",
            "environment: {variables: {}}",
            "{\"environment\":{\"variables\":{\"AA\":null}}}",
            "{\"Environment\":{\"Variables\":{}}}"),
        zip(
            "environment: {variables: {AA: x}}",
            "environment: {}",
            "{\"environment\":{\"variables\":null}}",
            "{\"Environment\":{\"Variables\":{}}}"),
        zip(
            "deadLetterConfig: {targetArn: 'arn:aws:sqs:eu-west-1:123456789012:dead'}",
            "deadLetterConfig: {}",
            "{\"deadLetterConfig\":{\"targetArn\":null}}",
            "{\"DeadLetterConfig\":{\"TargetArn\":\"\"}}"),
        zip(
            "tracingConfig: {mode: Active}",
            "tracingConfig: {}",
            "{\"tracingConfig\":{\"mode\":null}}",
            "{\"TracingConfig\":{\"Mode\":\"PassThrough\"}}"),
        zip(
            "snapStart: {applyOn: PublishedVersions}",
            "snapStart: {}",
            "{\"snapStart\":{\"applyOn\":null}}",
            "{\"SnapStart\":{\"ApplyOn\":\"None\"}}"),
        zip(
            "loggingConfig: {logFormat: JSON, applicationLogLevel: DEBUG}",
            "loggingConfig: {}",
            "{\"loggingConfig\":{\"logFormat\":null,\"applicationLogLevel\":null}}",
            "{\"LoggingConfig\":{\"LogFormat\":\"Text\"}}"),
        new Clear(
            true,
            "imageConfig: {command: [a, b], workingDirectory: /app}",
            "imageConfig: {}",
            "{\"imageConfig\":{\"command\":null,\"workingDirectory\":null}}",
            "{\"ImageConfig\":{}}"));
  }

  private static Clear zip(String set, String clear, String patch, String sent) {
    return new Clear(false, set, clear, patch, sent);
  }

  @ParameterizedTest
  @EnumSource
  void everyClearReachesTheFunctionExactly(WayOfApplying way) {
    // Given: a function for each clear, with the field set
    List<Clear> clears = clears().toList();
    List<JsonNode> atFirst = new ArrayList<>();
    for (int i = 0; i < clears.size(); i++) {
      Clear clear = clears.get(i);
      operator.aws().createFunction(seed(clear, name(i)));
      atFirst.add(operator.aws().function(name(i)));
      resources.apply(name(i), "functionName: " + name(i) + "\n" + clear.set());
    }
    for (int i = 0; i < clears.size(); i++) {
      resources.awaitReady(name(i));
      assertThat(operator.aws().requests().updatesOf(name(i))).as(clears.get(i).set()).hasSize(1);
    }
    operator.aws().requests().clear();

    // When
    for (int i = 0; i < clears.size(); i++) {
      change(name(i), clears.get(i), way);
    }

    // Then
    SoftAssertions softly = new SoftAssertions();
    for (int i = 0; i < clears.size(); i++) {
      Clear clear = clears.get(i);
      resources.awaitReady(name(i));
      softly
          .assertThat(operator.aws().requests().updatesOf(name(i)))
          .as("requests for " + clear)
          .extracting(UpdateBody::withoutRevision)
          .containsExactly(UpdateBody.of(clear.sent()));
      softly
          .assertThat(settings(operator.aws().function(name(i))))
          .as("function after " + clear)
          .isEqualTo(settings(atFirst.get(i)));
    }
    softly.assertAll();
  }

  private static String name(int index) {
    return "function-" + index;
  }

  private static FunctionSeed seed(Clear clear, String name) {
    return clear.image()
        ? FunctionSeed.image(name)
        : FunctionSeed.zip(name).with("Runtime", "java21");
  }

  private void change(String name, Clear clear, WayOfApplying way) {
    String spec = "functionName: " + name + "\n" + clear.clear();
    way.change(resources, name, spec, clear.patch());
  }

  /**
   * The configured settings of a function, without counters and timestamps of AWS, and without
   * blocks that stay behind empty.
   */
  private static JsonNode settings(JsonNode function) {
    ObjectNode settings = function.deepCopy();
    settings.remove(List.of("RevisionId", "LastModified", "LastUpdateStatus"));
    settings.remove("Environment");
    settings.remove("VpcConfig");
    return settings;
  }
}
