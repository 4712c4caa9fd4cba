"""The questionnaire in python-telegram-bot: ConversationHandler, PicklePersistence, own webhook."""

from __future__ import annotations

from collections.abc import AsyncIterator

from aiohttp import web
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.ext import (
    Application,
    CallbackQueryHandler,
    CommandHandler,
    ContextTypes,
    ConversationHandler,
    MessageHandler,
    PicklePersistence,
    filters,
)

from benchmarks.peers import questions
from benchmarks.peers.questions import Question, Start

GRADE, WORDS, THANKS = range(3)


async def ask(update: Update, question: Question, grade: str = "") -> None:
    text, rows = questions.ask(question, button, grade)
    await update.effective_message.reply_text(text, reply_markup=InlineKeyboardMarkup(rows))


def button(label: str) -> InlineKeyboardButton:
    return InlineKeyboardButton(label, callback_data=f"press:{label}")


async def begin(update: Update, context: ContextTypes.DEFAULT_TYPE) -> int:
    await ask(update, questions.ASK_GRADE)
    return GRADE


async def take_grade(update: Update, context: ContextTypes.DEFAULT_TYPE) -> int:
    query = update.callback_query
    grade = context.user_data["grade"] = query.data.partition(":")[2]
    await query.answer()
    await ask(update, questions.after_grade(grade), grade)
    return WORDS


async def take_words(update: Update, context: ContextTypes.DEFAULT_TYPE) -> int:
    context.user_data["words"] = update.message.text
    await ask(update, questions.THANKS, context.user_data["grade"])
    return THANKS


async def end(update: Update, context: ContextTypes.DEFAULT_TYPE) -> int:
    query = update.callback_query
    await query.answer()
    await ask(update, questions.DONE)
    return ConversationHandler.END


def main() -> None:
    start = Start.from_arguments()
    application = (
        Application.builder()
        .token(questions.TOKEN)
        .base_url(f"{start.api_url}/bot")
        .updater(None)
        .persistence(PicklePersistence(filepath=start.folder / "answers.pickle"))
        .build()
    )
    application.add_handler(
        ConversationHandler(
            entry_points=[CommandHandler("start", begin)],
            states={
                GRADE: [CallbackQueryHandler(take_grade, pattern="^press:[1-7]$")],
                WORDS: [MessageHandler(filters.TEXT & ~filters.COMMAND, take_words)],
                THANKS: [CallbackQueryHandler(end, pattern="^press:Listo$")],
            },
            fallbacks=[CommandHandler("start", begin)],
            name="rating",
            persistent=True,
            per_message=False,
        )
    )

    async def handle(request: web.Request) -> web.Response:
        """As in the library's examples of own webhooks: queued, and acknowledged at once."""
        if request.headers.get("X-Telegram-Bot-Api-Secret-Token") != questions.SECRET:
            return web.Response(status=403)
        update = Update.de_json(data=await request.json(), bot=application.bot)
        await application.update_queue.put(update)
        return web.Response()

    async def run(_: web.Application) -> AsyncIterator[None]:
        async with application:
            await application.bot.set_webhook(start.webhook_url, secret_token=questions.SECRET)
            await application.start()
            yield
            await application.stop()

    app = web.Application()
    app.router.add_post(questions.PATH, handle)
    app.cleanup_ctx.append(run)
    web.run_app(app, host=questions.HOST, port=start.port, access_log=None)


if __name__ == "__main__":
    main()
