<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>MainWindow</name>
    <message>
        <source>Jobs</source>
        <translation>任务</translation>
    </message>
    <message>
        <source>Messages</source>
        <translation>消息</translation>
    </message>
    <message>
        <source>Tools</source>
        <translation>工具</translation>
    </message>
    <message>
        <source>weijian</source>
        <translation>违建管控</translation>
    </message>
    <message>
        <source>This workspace is open in another window ({who}). What one changes the other sees.</source>
        <translation>该工作区已在另一个窗口打开（{who}）。任一窗口的修改，另一窗口都会看到。</translation>
    </message>
    <message>
        <source>Open it here too</source>
        <translation>在此也打开</translation>
    </message>
    <message>
        <source>“{job}” is still running. If you go on it is cancelled; nothing of it is kept.</source>
        <translation>“{job}”正在进行。继续则取消该任务，已做的部分不保留。</translation>
    </message>
    <message>
        <source>Cancel the job</source>
        <translation>取消任务</translation>
    </message>
    <message>
        <source>Open a workspace</source>
        <translation>打开工作区</translation>
    </message>
    <message>
        <source>Folder in which the demo village is made</source>
        <translation>样例村庄存放的文件夹</translation>
    </message>
    <message>
        <source>Demo village</source>
        <translation>样例村庄</translation>
    </message>
    <message>
        <source>Restored: {path}</source>
        <translation>已恢复：{path}</translation>
    </message>
    <message>
        <source>Open or make a workspace first, then drop files into it.</source>
        <translation>请先打开或新建工作区，再拖入文件。</translation>
    </message>
</context>
<context>
    <name>RecentCard</name>
    <message>
        <source>Not found there</source>
        <translation>原位置已找不到</translation>
    </message>
    <message>
        <source>Remove from list</source>
        <translation>从列表移除</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
</context>
<context>
    <name>StartPage</name>
    <message>
        <source>weijian</source>
        <translation>违建管控</translation>
    </message>
    <message>
        <source>Two drone surveys and the building archive in; judged findings, cases and statutory papers out.</source>
        <translation>两期无人机影像加一户一档，得出研判图斑、案件与法定文书。</translation>
    </message>
    <message>
        <source>Recent workspaces</source>
        <translation>最近的工作区</translation>
    </message>
    <message>
        <source>None yet. The workspaces you open are listed here. To look around first, make the demo village: a small place with its archive, two surveys, findings and cases.</source>
        <translation>暂无。打开过的工作区会列在这里。想先看看，可生成样例村：带档案、两期影像、图斑和案件的小村庄。</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>&amp;New workspace…</source>
        <translation>新建工作区(&amp;N)…</translation>
    </message>
    <message>
        <source>&amp;Open a workspace…</source>
        <translation>打开工作区(&amp;O)…</translation>
    </message>
    <message>
        <source>Connect to a &amp;shared archive…</source>
        <translation>连接共享档案(&amp;S)…</translation>
    </message>
    <message>
        <source>&amp;Restore a backup…</source>
        <translation>从备份恢复(&amp;R)…</translation>
    </message>
    <message>
        <source>Make the &amp;demo village…</source>
        <translation>生成样例村(&amp;D)…</translation>
    </message>
    <message>
        <source>A made-up village with archive, two surveys, findings and cases; takes about half a minute</source>
        <translation>虚构的村庄，含档案、两期影像、图斑和案件；约需半分钟</translation>
    </message>
    <message>
        <source>What to do first</source>
        <translation>先做什么</translation>
    </message>
    <message>
        <source>Make a workspace for the village or town.</source>
        <translation>为村庄或乡镇新建工作区。</translation>
    </message>
    <message>
        <source>Import the archive: households, parcels, buildings, permits.</source>
        <translation>导入一户一档：户籍、宗地、房屋、许可。</translation>
    </message>
    <message>
        <source>Add two drone surveys, of before and after.</source>
        <translation>添加前后两期无人机影像。</translation>
    </message>
    <message>
        <source>Detect changes and review the findings.</source>
        <translation>检测变化，逐个复核图斑。</translation>
    </message>
</context>
<context>
    <name>Workbench</name>
    <message>
        <source>Not a survey and not an archive table: {names}</source>
        <translation>既不是航测成果，也不是档案数据：{names}</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>图层</translation>
    </message>
    <message>
        <source>Findings</source>
        <translation>图斑</translation>
    </message>
    <message>
        <source>Household</source>
        <translation>一户一档</translation>
    </message>
    <message>
        <source>Case</source>
        <translation>案件</translation>
    </message>
    <message>
        <source>Tables</source>
        <translation>数据表</translation>
    </message>
    <message>
        <source>The photograph was placed.</source>
        <translation>照片已定位。</translation>
    </message>
    <message>
        <source>Click where the photograph was taken; Esc to leave it</source>
        <translation>在地图上点击拍摄位置；按 Esc 放弃</translation>
    </message>
</context>
<context>
    <name>commands</name>
    <message>
        <source>&amp;New workspace…</source>
        <translation>新建工作区(&amp;N)…</translation>
    </message>
    <message>
        <source>&amp;Open workspace…</source>
        <translation>打开工作区(&amp;O)…</translation>
    </message>
    <message>
        <source>Connect to a &amp;shared archive…</source>
        <translation>连接共享档案(&amp;S)…</translation>
    </message>
    <message>
        <source>&amp;Demo village</source>
        <translation>样例村庄(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Close workspace</source>
        <translation>关闭工作区(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Back up…</source>
        <translation>备份(&amp;B)…</translation>
    </message>
    <message>
        <source>Cop&amp;y to another archive…</source>
        <translation>复制到另一档案(&amp;Y)…</translation>
    </message>
    <message>
        <source>&amp;Restore a backup…</source>
        <translation>从备份恢复(&amp;R)…</translation>
    </message>
    <message>
        <source>&amp;Verify the archive</source>
        <translation>核验档案(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;Settings…</source>
        <translation>设置(&amp;S)…</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>退出(&amp;Q)</translation>
    </message>
    <message>
        <source>&amp;Import the archive…</source>
        <translation>导入档案(&amp;I)…</translation>
    </message>
    <message>
        <source>&amp;Add a survey…</source>
        <translation>添加航测(&amp;A)…</translation>
    </message>
    <message>
        <source>Import &amp;photographs…</source>
        <translation>导入照片(&amp;P)…</translation>
    </message>
    <message>
        <source>Imports to ta&amp;ke back…</source>
        <translation>撤销导入(&amp;K)…</translation>
    </message>
    <message>
        <source>&amp;Detect changes…</source>
        <translation>变化检测(&amp;D)…</translation>
    </message>
    <message>
        <source>Export &amp;findings…</source>
        <translation>导出图斑(&amp;F)…</translation>
    </message>
    <message>
        <source>Export &amp;web map…</source>
        <translation>导出网页地图(&amp;W)…</translation>
    </message>
    <message>
        <source>Export weekly &amp;report…</source>
        <translation>导出周报(&amp;R)…</translation>
    </message>
    <message>
        <source>&amp;Full extent</source>
        <translation>全图(&amp;F)</translation>
    </message>
    <message>
        <source>Zoom to &amp;selection</source>
        <translation>缩放到选中对象(&amp;S)</translation>
    </message>
    <message>
        <source>Zoom &amp;in</source>
        <translation>放大(&amp;I)</translation>
    </message>
    <message>
        <source>Zoom &amp;out</source>
        <translation>缩小(&amp;O)</translation>
    </message>
    <message>
        <source>Find a &amp;household</source>
        <translation>查找户(&amp;H)</translation>
    </message>
    <message>
        <source>S&amp;elect and identify</source>
        <translation>选择与查询(&amp;E)</translation>
    </message>
    <message>
        <source>Measure &amp;length</source>
        <translation>量距离(&amp;L)</translation>
    </message>
    <message>
        <source>Measure &amp;area</source>
        <translation>量面积(&amp;A)</translation>
    </message>
    <message>
        <source>User&apos;s &amp;manual</source>
        <translation>使用说明(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Keys and mouse</source>
        <translation>快捷键与鼠标(&amp;K)</translation>
    </message>
    <message>
        <source>&amp;About weijian</source>
        <translation>关于(&amp;A)</translation>
    </message>
</context>
<context>
    <name>menus</name>
    <message>
        <source>&amp;File</source>
        <translation>文件(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Map</source>
        <translation>地图(&amp;M)</translation>
    </message>
    <message>
        <source>&amp;Review</source>
        <translation>复核(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Case</source>
        <translation>案件(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>视图(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>帮助(&amp;H)</translation>
    </message>
</context>
<context>
    <name>messages</name>
    <message>
        <source>Something went wrong in weijian itself ({kind}). The work goes on.</source>
        <translation>程序内部出错（{kind}），不影响继续工作。</translation>
    </message>
    <message>
        <source>weijian</source>
        <translation>违建管控</translation>
    </message>
</context>
<context>
    <name>recent</name>
    <message>
        <source>Opened today at {time}</source>
        <translation>今天 {time} 打开</translation>
    </message>
    <message>
        <source>Opened yesterday at {time}</source>
        <translation>昨天 {time} 打开</translation>
    </message>
    <message>
        <source>Opened on {date}</source>
        <translation>{date} 打开</translation>
    </message>
</context>
<context>
    <name>spans</name>
    <message>
        <source>under 1 s</source>
        <translation>不到 1 秒</translation>
    </message>
    <message>
        <source>{seconds} s</source>
        <translation>{seconds} 秒</translation>
    </message>
    <message>
        <source>{minutes} min {seconds} s</source>
        <translation>{minutes} 分 {seconds} 秒</translation>
    </message>
    <message>
        <source>{hours} h {minutes} min</source>
        <translation>{hours} 小时 {minutes} 分</translation>
    </message>
    <message>
        <source>this step: a few seconds left</source>
        <translation>本步骤还需几秒</translation>
    </message>
    <message>
        <source>this step: about {seconds} s left</source>
        <translation>本步骤约剩 {seconds} 秒</translation>
    </message>
    <message>
        <source>this step: about {minutes} min left</source>
        <translation>本步骤约剩 {minutes} 分钟</translation>
    </message>
    <message>
        <source>this step: about {hours} h {minutes} min left</source>
        <translation>本步骤约剩 {hours} 小时 {minutes} 分</translation>
    </message>
</context>
<context>
    <name>wording</name>
    <message>
        <source>New</source>
        <translation>新增</translation>
    </message>
    <message>
        <source>Extended</source>
        <translation>扩建</translation>
    </message>
    <message>
        <source>Raised</source>
        <translation>加层</translation>
    </message>
    <message>
        <source>Demolished</source>
        <translation>拆除</translation>
    </message>
    <message>
        <source>Rebuilt</source>
        <translation>翻建</translation>
    </message>
    <message>
        <source>Permitted</source>
        <translation>符合许可</translation>
    </message>
    <message>
        <source>Exceeds permit</source>
        <translation>超出许可</translation>
    </message>
    <message>
        <source>Unpermitted</source>
        <translation>无许可</translation>
    </message>
    <message>
        <source>Permit expired</source>
        <translation>许可过期</translation>
    </message>
    <message>
        <source>To be checked</source>
        <translation>待查</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>相机</translation>
    </message>
    <message>
        <source>By hand</source>
        <translation>人工</translation>
    </message>
    <message>
        <source>To review</source>
        <translation>待复核</translation>
    </message>
    <message>
        <source>Confirmed</source>
        <translation>已确认</translation>
    </message>
    <message>
        <source>Dismissed</source>
        <translation>已排除</translation>
    </message>
    <message>
        <source>Lead</source>
        <translation>线索</translation>
    </message>
    <message>
        <source>Verification</source>
        <translation>核查</translation>
    </message>
    <message>
        <source>Filed</source>
        <translation>立案</translation>
    </message>
    <message>
        <source>Investigation</source>
        <translation>调查取证</translation>
    </message>
    <message>
        <source>Stop notice</source>
        <translation>责令停止（改正）</translation>
    </message>
    <message>
        <source>Prior notice</source>
        <translation>事先告知</translation>
    </message>
    <message>
        <source>Legal review</source>
        <translation>法制审核</translation>
    </message>
    <message>
        <source>Decision</source>
        <translation>决定</translation>
    </message>
    <message>
        <source>Served</source>
        <translation>送达</translation>
    </message>
    <message>
        <source>Reminder</source>
        <translation>催告</translation>
    </message>
    <message>
        <source>Announcement</source>
        <translation>限期自拆公告</translation>
    </message>
    <message>
        <source>Enforcement decision</source>
        <translation>强制拆除决定</translation>
    </message>
    <message>
        <source>Demolition</source>
        <translation>拆除</translation>
    </message>
    <message>
        <source>Acceptance</source>
        <translation>验收</translation>
    </message>
    <message>
        <source>Site reuse</source>
        <translation>拆后利用</translation>
    </message>
    <message>
        <source>Closed</source>
        <translation>结案</translation>
    </message>
    <message>
        <source>Not filed / withdrawn</source>
        <translation>不予立案/销案</translation>
    </message>
    <message>
        <source>Regularised</source>
        <translation>补办手续</translation>
    </message>
    <message>
        <source>Transferred</source>
        <translation>移送</translation>
    </message>
    <message>
        <source>Deferred (historical)</source>
        <translation>历史遗留暂缓</translation>
    </message>
    <message>
        <source>Suspended</source>
        <translation>中止</translation>
    </message>
    <message>
        <source>Freeze zone</source>
        <translation>冻结区</translation>
    </message>
    <message>
        <source>Permanent basic farmland</source>
        <translation>永久基本农田</translation>
    </message>
    <message>
        <source>River blue line</source>
        <translation>河道蓝线</translation>
    </message>
    <message>
        <source>Green line</source>
        <translation>绿线</translation>
    </message>
    <message>
        <source>Heritage purple line</source>
        <translation>紫线</translation>
    </message>
    <message>
        <source>Key area</source>
        <translation>重点区域</translation>
    </message>
    <message>
        <source>Works permit</source>
        <translation>建设工程规划许可证</translation>
    </message>
    <message>
        <source>Rural works permit</source>
        <translation>乡村建设规划许可证</translation>
    </message>
    <message>
        <source>Temporary works permit</source>
        <translation>临时建设工程规划许可证</translation>
    </message>
    <message>
        <source>Heights</source>
        <translation>高程</translation>
    </message>
    <message>
        <source>Images</source>
        <translation>影像</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Keep, permit afterwards</source>
        <translation>保留补办</translation>
    </message>
    <message>
        <source>Correct in time</source>
        <translation>限期改正</translation>
    </message>
    <message>
        <source>Fine</source>
        <translation>罚款</translation>
    </message>
    <message>
        <source>Confiscate</source>
        <translation>没收</translation>
    </message>
    <message>
        <source>Demolish</source>
        <translation>拆除</translation>
    </message>
    <message>
        <source>Defer (legacy)</source>
        <translation>历史遗留暂缓</translation>
    </message>
    <message>
        <source>On site</source>
        <translation>现场</translation>
    </message>
    <message>
        <source>Re-flight</source>
        <translation>复飞</translation>
    </message>
    <message>
        <source>Building overviews</source>
        <translation>建立金字塔</translation>
    </message>
    <message>
        <source>Opening the data</source>
        <translation>打开数据</translation>
    </message>
    <message>
        <source>Aligning the images</source>
        <translation>影像配准</translation>
    </message>
    <message>
        <source>Levelling the heights</source>
        <translation>高程校平</translation>
    </message>
    <message>
        <source>Modelling the terrain</source>
        <translation>地面模型</translation>
    </message>
    <message>
        <source>Fitting the archive</source>
        <translation>档案套合</translation>
    </message>
    <message>
        <source>Calibrating the images</source>
        <translation>影像定标</translation>
    </message>
    <message>
        <source>Looking for changes</source>
        <translation>逐窗检测</translation>
    </message>
    <message>
        <source>Joining the cluster</source>
        <translation>正在连接集群</translation>
    </message>
    <message>
        <source>Looking for changes, from where the last run stopped</source>
        <translation>接着上次中断处查找变化</translation>
    </message>
    <message>
        <source>Joining pieces</source>
        <translation>合并图斑</translation>
    </message>
    <message>
        <source>Drawing outlines</source>
        <translation>轮廓规整</translation>
    </message>
    <message>
        <source>Comparing with the archive</source>
        <translation>档案比对</translation>
    </message>
    <message>
        <source>Reading</source>
        <translation>读取</translation>
    </message>
    <message>
        <source>Storing</source>
        <translation>入库</translation>
    </message>
    <message>
        <source>Writing the files</source>
        <translation>写出文件</translation>
    </message>
    <message>
        <source>Detecting</source>
        <translation>变化检测</translation>
    </message>
    <message>
        <source>Making the workspace</source>
        <translation>建立工作区</translation>
    </message>
    <message>
        <source>Importing the archive</source>
        <translation>导入档案</translation>
    </message>
    <message>
        <source>Adding the surveys</source>
        <translation>登记航测</translation>
    </message>
    <message>
        <source>Opening cases</source>
        <translation>立案</translation>
    </message>
    <message>
        <source>Writing maps and orders</source>
        <translation>出图出文书</translation>
    </message>
    <message>
        <source>Writing the web map</source>
        <translation>制作网页地图</translation>
    </message>
    <message>
        <source>Writing the report</source>
        <translation>编制周报</translation>
    </message>
    <message>
        <source>Copying the tables</source>
        <translation>正在复制数据表</translation>
    </message>
    <message>
        <source>Copying the evidence</source>
        <translation>正在复制证据</translation>
    </message>
    <message>
        <source>Comparing the copy</source>
        <translation>正在核对副本</translation>
    </message>
    <message>
        <source>Verifying the database</source>
        <translation>核验数据库</translation>
    </message>
    <message>
        <source>Verifying the history</source>
        <translation>核验变更历史</translation>
    </message>
    <message>
        <source>Verifying what households are found by</source>
        <translation>核验户的检索内容</translation>
    </message>
    <message>
        <source>Verifying the search index</source>
        <translation>核验检索索引</translation>
    </message>
    <message>
        <source>Verifying the outlines</source>
        <translation>核验图形</translation>
    </message>
    <message>
        <source>Verifying the evidence</source>
        <translation>核验证据文件</translation>
    </message>
    <message>
        <source>Restoring files</source>
        <translation>正在恢复文件</translation>
    </message>
    <message>
        <source>Checking</source>
        <translation>正在检查</translation>
    </message>
    <message>
        <source>Looking for files</source>
        <translation>正在查找文件</translation>
    </message>
    <message>
        <source>Reading and copying photographs</source>
        <translation>正在读取并复制照片</translation>
    </message>
    <message>
        <source>Writing the table</source>
        <translation>正在写入表格</translation>
    </message>
</context>
</TS>
