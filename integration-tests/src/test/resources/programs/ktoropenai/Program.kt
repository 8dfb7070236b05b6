import com.aallam.openai.api.chat.ChatCompletionRequest
import com.aallam.openai.api.chat.ChatMessage
import com.aallam.openai.api.chat.ChatRole
import com.aallam.openai.api.embedding.EmbeddingRequest
import com.aallam.openai.api.logging.LogLevel
import com.aallam.openai.api.model.ModelId
import com.aallam.openai.client.OpenAI
import com.aallam.openai.client.OpenAIConfig
import com.aallam.openai.client.OpenAIHost
import com.aallam.openai.client.RetryStrategy
import io.costattr.api.Attribution
import io.costattr.api.AttributionContext
import kotlin.system.exitProcess
import kotlin.time.Duration.Companion.milliseconds
import kotlinx.coroutines.runBlocking

/** Calls of openai-kotlin on the engine that is found, OkHttp; a customer for each kind of call. */
object Program {
  @JvmStatic
  fun main(arguments: Array<String>) {
    val host = OpenAIHost(arguments[0] + "/")
    val retry = RetryStrategy(maxDelay = 100.milliseconds)
    val client =
      OpenAI(
        OpenAIConfig(token = "sk-test", logLevel = LogLevel.None, host = host, retry = retry)
      )
    runBlocking {
      customer("sync").use { check(client.chatCompletion(question("gpt-4o-mini")).model.id) }
      customer("retried").use { check(client.chatCompletion(question("error-429-once")).model.id) }
      customer("stream").use { client.chatCompletions(question("gpt-4o-mini")).collect {} }
      customer("embedding").use {
        client.embeddings(
          EmbeddingRequest(model = ModelId("text-embedding-3-small"), input = listOf("Hello there"))
        )
      }
    }
    println("done")
    exitProcess(0)
  }

  private fun question(model: String) =
    ChatCompletionRequest(
      model = ModelId(model),
      messages = listOf(ChatMessage(role = ChatRole.User, content = "Hello there")),
    )

  private fun check(model: String) {
    if (!model.startsWith("gpt-")) {
      throw AssertionError(model)
    }
  }

  private fun customer(id: String) =
    AttributionContext.with(Attribution.builder().feature("versions").customerId(id).build())
}
