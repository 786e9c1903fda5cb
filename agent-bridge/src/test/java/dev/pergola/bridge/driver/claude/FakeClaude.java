package dev.pergola.bridge.driver.claude;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A program that behaves like Claude Code where it matters; needs nothing but the JDK.
 * Answers a prompt with its length, asks for leave where it holds `ask`, and waits for an
 * interruption where it holds `wait`.
 */
public final class FakeClaude {

	private static final String SESSION = "0b8f6f4e-0000-4000-8000-000000000001";

	private final BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));

	private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);

	private int messages;

	private FakeClaude() {
	}

	public static void main(String[] arguments) throws IOException {
		new FakeClaude().run();
	}

	private void run() throws IOException {
		say("{'type':'system','subtype':'ui_invalidate','target':'ui.render'}");
		for (String line = this.in.readLine(); line != null; line = this.in.readLine()) {
			if (line.contains("\"control_request\"")) {
				say("{'type':'control_response','response':{'subtype':'success','request_id':'%s','response':{'commands':[],'models':[],'account':{}}}}",
						field(line, "request_id"));
			}
			else if (line.contains("\"type\":\"user\"")) {
				turn(line);
			}
		}
	}

	private void turn(String prompt) throws IOException {
		say("{'type':'system','subtype':'init','session_id':'%s','uuid':'%s','model':'fake','cwd':'/','tools':[],'mcp_servers':[],'permissionMode':'default','apiKeySource':'none','slash_commands':[],'output_style':'default'}",
				SESSION, SESSION);
		if (prompt.contains("wait")) {
			text("Waiting", false);
			String request = this.in.readLine();
			say("{'type':'control_response','response':{'subtype':'success','request_id':'%s','response':{'still_queued':[]}}}",
					field(request, "request_id"));
			result("error_during_execution", true, "'terminal_reason':'aborted_streaming','errors':[],");
			return;
		}
		if (prompt.contains("ask")) {
			ask();
		}
		text("A prompt of %d characters.".formatted(prompt.length()), true);
		result("success", false, "'result':'done',");
	}

	private void ask() throws IOException {
		say("{'type':'assistant','message':{'id':'msg_ask','type':'message','role':'assistant','model':'fake','content':[{'type':'tool_use','id':'toolu_1','name':'Write','input':{'path':'a'}}],'stop_reason':null,'usage':{'input_tokens':1,'output_tokens':1}},'parent_tool_use_id':null,'session_id':'%s','uuid':'%s'}",
				SESSION, SESSION);
		say("{'type':'control_request','request_id':'ask-1','request':{'subtype':'can_use_tool','tool_name':'Write','input':{'path':'a'},'tool_use_id':'toolu_1'}}");
		boolean allowed = this.in.readLine().contains("\"allow\"");
		say("{'type':'user','message':{'role':'user','content':[{'type':'tool_result','tool_use_id':'toolu_1','content':'%s','is_error':%b}]},'parent_tool_use_id':null,'session_id':'%s','uuid':'%s'}",
				allowed ? "written" : "refused", !allowed, SESSION, SESSION);
	}

	private void text(String text, boolean whole) {
		String id = "msg_" + ++this.messages;
		event("{'type':'message_start','message':{'id':'%s','type':'message','role':'assistant','model':'fake','content':[],'stop_reason':null,'usage':{'input_tokens':1,'output_tokens':1}}}"
			.formatted(id));
		event("{'type':'content_block_start','index':0,'content_block':{'type':'text','text':''}}");
		event("{'type':'content_block_delta','index':0,'delta':{'type':'text_delta','text':'%s'}}".formatted(text));
		if (whole) {
			say("{'type':'assistant','message':{'id':'%s','type':'message','role':'assistant','model':'fake','content':[{'type':'text','text':'%s'}],'stop_reason':null,'usage':{'input_tokens':1,'output_tokens':1}},'parent_tool_use_id':null,'session_id':'%s','uuid':'%s'}",
					id, text, SESSION, SESSION);
			event("{'type':'content_block_stop','index':0}");
			event("{'type':'message_delta','delta':{'stop_reason':'end_turn'},'usage':{'output_tokens':2}}");
			event("{'type':'message_stop'}");
		}
	}

	private void event(String event) {
		say("{'type':'stream_event','event':%s,'parent_tool_use_id':null,'session_id':'%s','uuid':'%s'}", event,
				SESSION, SESSION);
	}

	private void result(String subtype, boolean isError, String more) {
		say("{'duration_ms':1,'duration_api_ms':1,'type':'result','subtype':'%s','is_error':%b,%s'num_turns':1,'stop_reason':null,'total_cost_usd':0,'usage':{'input_tokens':1,'output_tokens':2},'modelUsage':{},'permission_denials':[],'session_id':'%s','uuid':'%s'}",
				subtype, isError, more, SESSION, SESSION);
	}

	/** One line of JSON; apostrophes stand for quotation marks. */
	private void say(String json, Object... values) {
		this.out.println(json.formatted(values).replace('\'', '"'));
	}

	private static String field(String line, String name) {
		Matcher value = Pattern.compile("\"%s\":\"([^\"]*)\"".formatted(name)).matcher(line);
		return value.find() ? value.group(1) : "";
	}

}
