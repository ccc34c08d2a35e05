package dev.lambdaconfig.api;

import com.fasterxml.jackson.databind.SerializationFeature;

/**
 * A status in a few hundred bytes. Statuses are equal if and only if their bytes are, so that they
 * are compared without being decoded.
 */
public final class CompressedStatus extends CompressedJson {

  private static final JsonCompression<LambdaFunctionConfigStatus> COMPRESSION =
      new JsonCompression<>(
          """
          {"stateReason":"","stateReasonCode":"","lastUpdateStatusReason":"",\
          "lastUpdateStatusReasonCode":"","configSha256":"","environmentError":{"errorCode":\
          "AccessDeniedException","message":""},"vpcId":"vpc-0","snapStartOptimizationStatus":\
          "Off","layers":[{"arn":"arn:aws:lambda:","codeSize":}],"baseline":[{"path":"","value":,\
          "secretName":"lambda-config-baseline-"}],"drift":[{"path":"environment.variables.",\
          "desired":"","observed":""}],"lastHandledReconcileAt":"","type":"Stalled","status":\
          "Unknown","reason":"Conflict","message":"AWS ","type":"Reconciling","reason":"Updating",\
          "cause":"Retried","outcome":"InProgress","cause":"DriftCorrected","timeout",\
          "memorySize","environment","observedGeneration":1,"conditions":[{"type":"Ready",\
          "status":"True","observedGeneration":1,"lastTransitionTime":"2026-11-24T10:00:00Z",\
          "reason":"InSync","message":"the function matches the spec"},{"type":\
          "Drifted","status":"False","observedGeneration":1,"lastTransitionTime":\
          "2026-11-24T10:00:00Z","reason":"InSync","message":"no managed field differs"}],\
          "region":"eu-west-1","functionArn":"arn:aws:lambda:eu-west-1:123456789012:\
          function:","version":"$LATEST","state":"Active","lastUpdateStatus":"Successful",\
          "revisionId":"","codeSha256":"","codeSize":,"lastModified":\
          "2026-11-24T10:00:00.000+0000","packageType":"Zip","architectures":["x86_64"],\
          "runtimeVersionArn":"arn:aws:lambda:eu-west-1::runtime:","managedFields":["timeout"],\
          "lastAppliedTime":"2026-11-24T10:00:00.000Z","history":[{"time":\
          "2026-11-24T10:00:00.000Z","fields":["memorySize"],"cause":"SpecChanged","generation":2,\
          "plannedRevision":"","outcome":"Succeeded","settledRevision":""}]}\
          """,
          LenientStatusDeserializer.SHARING
              .writerFor(LambdaFunctionConfigStatus.class)
              .with(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS),
          LenientStatusDeserializer.SHARING.readerFor(LambdaFunctionConfigStatus.class));

  private CompressedStatus(byte[] bytes) {
    super(bytes);
  }

  /** Compresses a status. */
  public static CompressedStatus of(LambdaFunctionConfigStatus status) {
    return new CompressedStatus(COMPRESSION.compress(status));
  }

  /** Decodes the status anew, for one reader. */
  public LambdaFunctionConfigStatus status() {
    return COMPRESSION.decompress(bytes());
  }
}
