package dev.lambdaconfig.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lambdaconfig.simulator.Shape.Structure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Answers a call: first by the front end, then by Lambda itself. */
final class Operations {

  private static final Map<String, Structure> BODIES =
      Map.of(
          "CreateFunction", ServiceModel.CREATE,
          "UpdateFunctionConfiguration", ServiceModel.UPDATE_CONFIGURATION,
          "UpdateFunctionCode", ServiceModel.UPDATE_CODE,
          "PublishVersion", ServiceModel.PUBLISH);

  private final FunctionOperations functions;
  private final FunctionList list;
  private final SimulatedIam iam;

  Operations(Regions regions, Dialect dialect, SimulatedIam iam) {
    this.iam = iam;
    functions = new FunctionOperations(regions, dialect);
    list = new FunctionList(regions, dialect);
  }

  /**
   * Answers a call; {@code unknownMembers} receives the members of the body that are not in the
   * service model.
   */
  Answer perform(ApiCall call, UpdateEffects effects, List<String> unknownMembers) {
    checkFrontEnd(call, unknownMembers);
    iam.authorize(call, arn(call));
    return switch (call.operation()) {
      case "CreateFunction" -> functions.create(call);
      case "ListFunctions" -> list.page(call);
      case "GetFunction" -> functions.get(call);
      case "GetFunctionConfiguration" -> functions.getConfiguration(call);
      case "UpdateFunctionConfiguration" -> functions.updateConfiguration(call, effects);
      case "UpdateFunctionCode" -> functions.updateCode(call, effects);
      case "PublishVersion" -> functions.publish(call);
      case "DeleteFunction" -> functions.delete(call);
      case "CreateAlias" -> functions.createAlias(call);
      case "AddPermission" -> functions.addPermission(call);
      case "RemovePermission" -> functions.removePermission(call);
      case "TagResource" -> functions.tag(call);
      case "UntagResource" -> functions.untag(call);
      case "ListTags" -> functions.listTags(call);
      // Settings apart from the configuration, which no function here has: other operators ask.
      case "GetFunctionConcurrency" -> functions.noConcurrency(call);
      case "GetFunctionCodeSigningConfig" -> functions.noCodeSigning(call);
      case "GetFunctionEventInvokeConfig" -> throw functions.noEventInvokeConfig(call);
      default -> throw ApiError.notFound("The simulator does not know this operation.");
    };
  }

  /** The ARN of the resource of a call, as the message of a refusal has it. */
  private static String arn(ApiCall call) {
    String target = call.target();
    if (target == null) {
      return "*";
    }
    FunctionReference reference = FunctionReference.parse(target);
    String account = reference.account() == null ? call.account() : reference.account();
    return new AccountRegion(account, call.region()).functionArn(reference.name(), null);
  }

  private static void checkFrontEnd(ApiCall call, List<String> unknownMembers) {
    List<String> violations = new ArrayList<>();
    String target = call.target();
    if (target != null) {
      violations.addAll(FunctionReference.violations(target));
    }
    Structure structure = BODIES.get(call.operation());
    if (structure != null) {
      JsonNode body = call.settings();
      FrontEndCheck check = new FrontEndCheck().body(structure, body);
      violations.addAll(check.violations());
      unknownMembers.addAll(check.unknownMembers());
    }
    if (!violations.isEmpty()) {
      throw ApiError.validation(violations);
    }
  }
}
