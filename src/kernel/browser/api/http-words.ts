import { defineWords } from '#kernel/pure/words/index.ts'

/** Sentences for the kernel's own refusals. Each says what happened, what to do and, where it helps, whom to call. */
export const httpWords = defineWords({
  'http.no-connection': {
    zh: '连不上服务器，刚才的操作没有确认保存。请检查网络后再按一次，不会重复提交；仍不行请联系县级管理员。',
    en: 'The server cannot be reached and the last step is not confirmed. Check the network and press again: it will not be done twice. If it still fails, call the county administrator.',
  },
  'http.cancelled': { zh: '已取消上传，没有留下任何数据。', en: 'The upload was cancelled. Nothing was kept.' },
  'http.fault': {
    zh: '服务器出错，这一步没有完成，数据没有改动。请稍后再试；仍不行请把编号 {faultId} 告诉县级管理员。',
    en: 'The server failed and this step was not done; nothing was changed. Try again later; if it still fails, give the number {faultId} to the county administrator.',
  },
  'http.bad-request': {
    zh: '提交的内容有误，没有保存。请检查标红的栏目后再提交。',
    en: 'What was sent is not right and was not saved. Check the marked fields and send again.',
  },
  'http.login-needed': { zh: '登录已过期，请重新登录。', en: 'Your session has ended. Please log in again.' },
  'http.password-change-needed': { zh: '首次登录请先修改密码。', en: 'Please change your password first.' },
  'http.not-allowed': {
    zh: '您的角色没有这项权限，没有执行。确需办理请联系县级管理员开通。',
    en: 'Your role may not do this, and nothing was done. If you need it, ask the county administrator.',
  },
  'http.foreign-site': {
    zh: '请求来自其他网站，已拒绝。请从本系统的页面重新操作。',
    en: 'The request came from another site and was refused. Start again from a page of this system.',
  },
  'http.not-found': {
    zh: '没有找到，或不在您的辖区内。请核对后从列表重新进入。',
    en: 'Not found, or outside your area. Check and come back from the list.',
  },
  'http.key-reused': {
    zh: '这一步已经用别的内容提交过。请刷新页面核对后再操作。',
    en: 'This step was already sent with other content. Reload the page and check.',
  },
  'http.already-answered': {
    zh: '这一步已经完成，但结果只显示一次，不再重复。需要新的密码请重新办理。',
    en: 'This step was already done; its answer is shown only once. If you need a new password, start the step again.',
  },
  'http.too-large': {
    zh: '内容太大，没有保存。请减少内容或分几次提交。',
    en: 'The content is too large and was not saved. Send less, or in several parts.',
  },
  'files.too-large': {
    zh: '文件超过 {limitMegabytes} MB，没有接收。请拆成几个文件后再传。',
    en: 'The file is larger than {limitMegabytes} MB and was not taken. Split it and send the parts.',
  },
  'files.empty': {
    zh: '文件是空的（0 字节），没有接收。请打开原文件确认有内容后再传。',
    en: 'The file is empty (0 bytes) and was not taken. Open it, make sure it has content, and send it again.',
  },
  'files.wrong-kind': {
    zh: '只收照片（JPG、PNG）和 PDF，这个文件都不是，没有接收。请拍照或另存为 PDF 后再传。',
    en: 'Only photographs (JPG, PNG) and PDF are taken; this file is neither. Take a photograph or save it as PDF.',
  },
  'files.too-many-pixels': {
    zh: '照片有 {megapixels} 百万像素，超过 {limit} 百万像素，没有接收。请把手机照片尺寸调小后再拍。',
    en: 'The picture has {megapixels} megapixels, more than {limit}, and was not taken. Take a smaller one.',
  },
  'files.damaged': {
    zh: '文件已损坏，读不出来，没有接收。请重新拍照或重新导出后再传。',
    en: 'The file is damaged and was not taken. Photograph or export it again.',
  },
  'files.locked': {
    zh: 'PDF 有密码，没有接收。请去掉密码后再传。',
    en: 'The PDF has a password and was not taken. Remove it and send again.',
  },
  'files.active': {
    zh: 'PDF 里有脚本、程序或别的文件，没有接收。请打印成普通 PDF 或拍照后再传。',
    en: 'The PDF holds scripts, programs or other files and was not taken. Print it to a plain PDF, or photograph it.',
  },
  'programs.busy': {
    zh: '同时打印和上传的人太多，这一步没有完成。请一分钟后再试。',
    en: 'Too many are printing and uploading at once; this step was not done. Try again in a minute.',
  },
  'programs.timed-out': {
    zh: '处理这份文件超过 {seconds} 秒，已停止。请换一份较小的文件；仍不行请联系县级管理员。',
    en: 'Working on this file took more than {seconds} seconds and was stopped. Use a smaller file, or call the county administrator.',
  },
  'programs.crashed': {
    zh: '这份文件读不出来，没有接收。请重新生成后再传。',
    en: 'The file cannot be read and was not taken. Make it anew.',
  },
  'programs.too-big': {
    zh: '处理这份文件要用的内存超过 {megabytes} MB，没有接收。请换一份较小的文件。',
    en: 'The file needs more than {megabytes} MB to be read and was not taken. Use a smaller one.',
  },
  'documents.not-docx': {
    zh: '这不是 Word 文档（.docx）。请在 WPS 或 Word 里“另存为 .docx”后再传。',
    en: 'This is no Word document (.docx). Save it as .docx and send it again.',
  },
  'documents.too-large': {
    zh: '模板太大，超过 {megabytes} MB。请删去或压缩里面的图片。',
    en: 'The template is larger than {megabytes} MB. Remove or shrink its pictures.',
  },
  'documents.has-macros': {
    zh: '模板没有接收：里面有宏（{part}）。请删去后再传。',
    en: 'The template was not taken: it holds macros ({part}). Remove them and send it again.',
  },
  'documents.has-objects': {
    zh: '模板没有接收：里面有嵌入的对象、程序或别的文件（{part}）。请删去后再传。',
    en: 'The template was not taken: it holds embedded objects or files ({part}). Remove them and send it again.',
  },
  'documents.has-links': {
    zh: '模板没有接收：里面有指向外部的链接（{part}）。请删去后再传。',
    en: 'The template was not taken: it holds links to the outside ({part}). Remove them and send it again.',
  },
  'documents.has-fields': {
    zh: '模板没有接收：里面有会自动取外部内容的域（{part}）。请删去后再传。',
    en: 'The template was not taken: it holds fields that fetch from outside ({part}). Remove them and send it again.',
  },
  'documents.broken-tag': {
    zh: '模板里的栏目“{tag}”没有写完整：{ 要有 }，{#名单} 要有 {/名单}。请改正后再传。',
    en: 'The field “{tag}” is not complete: { needs }, {#list} needs {/list}. Mend it and send again.',
  },
  'documents.unreadable': { zh: '模板读不出来，请在 WPS 里重新保存为 .docx。', en: 'The template cannot be read; save it anew as .docx.' },
  'documents.too-much': {
    zh: '模板里的名单套得太多，填出来会没有尽头。请最多套两层。',
    en: 'The lists of the template are nested too deep; two levels at most.',
  },
  'documents.no-fonts': {
    zh: '服务器没有中文字体，PDF 打不出来；可以先下载 Word。请管理员安装 {package}。',
    en: 'The server has no Chinese font, so there is no PDF; take the Word file. The administrator installs {package}.',
  },
  'documents.not-printed': {
    zh: 'PDF 没有生成。请先下载 Word 打印，并把文书名称告诉县级管理员。',
    en: 'The PDF was not made. Print the Word file and tell the county administrator which paper it was.',
  },
  'page.fault': {
    zh: '页面出错，未保存的内容可能丢失。请刷新页面后重试；仍不行请联系县级管理员。',
    en: 'The page failed; what was not saved may be lost. Reload and try again; if it still fails, call the county administrator.',
  },
  'page.unknown-refusal': {
    zh: '这一步没有完成（{code}）。请核对后再试；仍不行请把括号里的代码告诉县级管理员。',
    en: 'This step was not done ({code}). Check and try again; if it still fails, give the code in brackets to the county administrator.',
  },
})
