package dev.lambdaconfig.controller.state;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.lambdaconfig.api.CompressedJson;
import dev.lambdaconfig.api.JsonCompression;
import dev.lambdaconfig.api.StoredJson;
import dev.lambdaconfig.kube.secret.ValueFingerprint;
import dev.lambdaconfig.model.ObservedFunction;
import dev.lambdaconfig.model.Value;
import dev.lambdaconfig.model.Value.Structure;
import dev.lambdaconfig.plan.Desired;
import dev.lambdaconfig.plan.PlainValues;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * A function as AWS described it, in a few hundred bytes: compressed, and with fingerprints in
 * place of the values of environment variables.
 */
final class CompressedFunction extends CompressedJson {

  private static final ObjectMapper JSON = new JsonMapper(StoredJson.factory());
  private static final JsonCompression<Object> COMPRESSION =
      new JsonCompression<>(
          """
          "DurableConfig":{"ExecutionTimeout":,"RetentionPeriodInDays":},"DeadLetterConfig":\
          {"TargetArn":"arn:aws:sqs:"},"FileSystemConfigs":[{"Arn":"arn:aws:elasticfilesystem:",\
          "LocalMountPath":"/mnt/"}],"ImageConfigResponse":{"ImageConfig":{"Command":[],\
          "EntryPoint":[],"WorkingDirectory":""}},"KMSKeyArn":"arn:aws:kms:","Layers":[{"Arn":\
          "arn:aws:lambda:eu-west-1:123456789012:layer:","CodeSize":}],"VpcConfig":{\
          "Ipv6AllowedForDualStack":false,"SecurityGroupIds":["sg-0"],"SubnetIds":["subnet-0"],\
          "VpcId":"vpc-0"},"StateReason":"","StateReasonCode":"","Architectures":["x86_64"],\
          "CodeSha256":"","CodeSize":,"Description":"","Environment":{"Variables":{"LOG_LEVEL":\
          ""}},"EphemeralStorage":{"Size":512},"FunctionArn":"arn:aws:lambda:eu-west-1:\
          123456789012:function:","FunctionName":"","Handler":"index.handler","LastModified":\
          "2026-11-24T10:00:00.000+0000","LastUpdateStatus":"Successful","LoggingConfig":\
          {"LogFormat":"Text","LogGroup":"/aws/lambda/"},"MemorySize":128,"PackageType":"Zip",\
          "RevisionId":"","Role":"arn:aws:iam::123456789012:role/service-role/","Runtime":\
          "python3.","RuntimeVersionConfig":{"RuntimeVersionArn":\
          "arn:aws:lambda:eu-west-1::runtime:"},"SnapStart":{"ApplyOn":"None",\
          "OptimizationStatus":"Off"},"State":"Active","Timeout":3,"TracingConfig":{"Mode":\
          "PassThrough"},"Version":"$LATEST"}\
          """,
          JSON.writer(),
          JSON.readerFor(Map.class));

  private CompressedFunction(byte[] bytes) {
    super(bytes);
  }

  static CompressedFunction of(ObservedFunction function, ValueFingerprint fingerprint) {
    Structure fingerprinted =
        withVariables(
            function.configuration(),
            value ->
                value instanceof Value.Secret secret
                    ? Value.text(fingerprint.of(secret.text()))
                    : value);
    return new CompressedFunction(COMPRESSION.compress(PlainValues.plain(fingerprinted)));
  }

  /** The function, with those environment values that the spec wants just as they are. */
  ObservedFunction unpacked(Desired desired, ValueFingerprint fingerprint) {
    Map<String, String> wanted = new TreeMap<>();
    desired.secrets().forEach(secret -> wanted.put(fingerprint.of(secret), secret));
    Value value = PlainValues.value(COMPRESSION.decompress(bytes()));
    Structure members = value instanceof Structure structure ? structure : Structure.EMPTY;
    return new ObservedFunction(
        withVariables(
            members,
            kept -> {
              String text = kept.toString();
              String known = wanted.get(text);
              return new Value.Secret(known == null ? "hashed " + text : known);
            }));
  }

  private static Structure withVariables(Structure function, UnaryOperator<Value> change) {
    if (!(function.at("Environment") instanceof Structure environment)
        || !(environment.at("Variables") instanceof Structure variables)) {
      return function;
    }
    return function.with("Environment", environment.with("Variables", variables.mapped(change)));
  }
}
